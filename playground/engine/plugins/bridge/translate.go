package bridge

import (
	"context"
	"fmt"
	"go/token"
	"reflect"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/vendored/tfplugin5"
	"google.golang.org/grpc"
)

// The whole AWS schema in one message is about 60 MB.
const largestMessage = 256 << 20

// call translates a request to protocol 5, sends it, and translates the response back to protocol 6.
func call[Out, In, Request, Response any](ctx context.Context, in *In, send func(context.Context, *Request, ...grpc.CallOption) (*Response, error)) (*Out, error) {
	request, out := new(Request), new(Out)
	if err := translate(reflect.ValueOf(request).Elem(), reflect.ValueOf(in).Elem()); err != nil {
		return nil, err
	}
	response, err := send(ctx, request, grpc.MaxCallRecvMsgSize(largestMessage))
	if err != nil {
		return nil, err
	}
	return out, translate(reflect.ValueOf(out).Elem(), reflect.ValueOf(response).Elem())
}

var (
	typeType = reflect.TypeFor[tftypes.Type]()
	pathType = reflect.TypeFor[*tftypes.AttributePath]()
)

// translate copies field by field. The two protocols' structs have the same fields up to letter case; only types and paths are
// written differently.
func translate(to, from reflect.Value) error {
	switch to.Type() {
	case typeType:
		return translateType(to, from)
	case pathType:
		to.Set(reflect.ValueOf(path(from.Interface().(*tfplugin5.AttributePath))))
		return nil
	}
	switch from.Kind() {
	case reflect.Pointer:
		if from.IsNil() {
			return nil
		}
		to.Set(reflect.New(to.Type().Elem()))
		return translate(to.Elem(), from.Elem())
	case reflect.Struct:
		return translateStruct(to, from)
	case reflect.Slice:
		return translateSlice(to, from)
	case reflect.Map:
		return translateMap(to, from)
	default:
		to.Set(from.Convert(to.Type()))
		return nil
	}
}

func translateType(to, from reflect.Value) error {
	parsed, err := tftypes.ParseJSONType(from.Bytes()) //nolint:staticcheck // this JSON is how the protocol writes a type
	if err == nil {
		to.Set(reflect.ValueOf(parsed))
	}
	return err
}

func path(from *tfplugin5.AttributePath) *tftypes.AttributePath {
	to := tftypes.NewAttributePath()
	for _, step := range from.GetSteps() {
		switch step := step.Selector.(type) {
		case *tfplugin5.AttributePath_Step_AttributeName:
			to = to.WithAttributeName(step.AttributeName)
		case *tfplugin5.AttributePath_Step_ElementKeyString:
			to = to.WithElementKeyString(step.ElementKeyString)
		case *tfplugin5.AttributePath_Step_ElementKeyInt:
			to = to.WithElementKeyInt(int(step.ElementKeyInt))
		}
	}
	return to
}

func translateStruct(to, from reflect.Value) error {
	for i := range to.NumField() {
		field := to.Type().Field(i)
		if !field.IsExported() {
			continue
		}
		source := from.FieldByNameFunc(func(name string) bool {
			return token.IsExported(name) && (strings.EqualFold(name, field.Name) || "UnsafeToUse"+name == field.Name)
		})
		if !source.IsValid() {
			continue
		}
		if err := translate(to.Field(i), source); err != nil {
			return fmt.Errorf("%s: %w", field.Name, err)
		}
	}
	return nil
}

func translateSlice(to, from reflect.Value) error {
	if from.IsNil() {
		to.SetZero()
		return nil
	}
	if from.Type() == to.Type() {
		to.Set(from)
		return nil
	}
	to.Set(reflect.MakeSlice(to.Type(), from.Len(), from.Len()))
	for i := range from.Len() {
		if err := translate(to.Index(i), from.Index(i)); err != nil {
			return err
		}
	}
	return nil
}

func translateMap(to, from reflect.Value) error {
	to.Set(reflect.MakeMapWithSize(to.Type(), from.Len()))
	for key, value := range from.Seq2() {
		element := reflect.New(to.Type().Elem()).Elem()
		if err := translate(element, value); err != nil {
			return err
		}
		to.SetMapIndex(key, element)
	}
	return nil
}

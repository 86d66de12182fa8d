package bridge

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
)

// frontServer stands before the bridge. It refuses inputs that the bridge does not know, which the bridge drops without an error:
// it would make something else than the program says. And it passes Cancel on, which the bridge does not.
type frontServer struct {
	pulumirpc.ResourceProviderServer
	known map[string]map[string]Property
	stop  func(context.Context) error
}

// Cancel ends what the Terraform provider is waiting for. Later calls work again.
func (s frontServer) Cancel(ctx context.Context, _ *emptypb.Empty) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, s.stop(ctx)
}

func (s frontServer) Check(ctx context.Context, in *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	failures, err := s.unknown(string(resource.URN(in.Urn).Type()), in.News)
	if err != nil || len(failures) > 0 {
		return &pulumirpc.CheckResponse{Inputs: in.News, Failures: failures}, err
	}
	return s.ResourceProviderServer.Check(ctx, in)
}

func (s frontServer) CheckConfig(ctx context.Context, in *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	failures, err := s.unknown(string(resource.URN(in.Urn).Type()), in.News)
	if err != nil || len(failures) > 0 {
		return &pulumirpc.CheckResponse{Inputs: in.News, Failures: failures}, err
	}
	return s.ResourceProviderServer.CheckConfig(ctx, in)
}

func (s frontServer) Invoke(ctx context.Context, in *pulumirpc.InvokeRequest) (*pulumirpc.InvokeResponse, error) {
	failures, err := s.unknown(in.Tok, in.Args)
	if err != nil || len(failures) > 0 {
		return &pulumirpc.InvokeResponse{Failures: failures}, err
	}
	return s.ResourceProviderServer.Invoke(ctx, in)
}

func (s frontServer) unknown(token string, inputs *structpb.Struct) ([]*pulumirpc.CheckFailure, error) {
	decoded, err := plugin.UnmarshalProperties(inputs, plugin.MarshalOptions{KeepUnknowns: true, SkipInternalKeys: true})
	if err != nil {
		return nil, err
	}
	var failures []*pulumirpc.CheckFailure
	for _, path := range unknownPaths(resource.NewObjectProperty(decoded), s.known[token]) {
		reason := fmt.Sprintf("%s has no %s in the playground's older provider, which would ignore it", token, path)
		failures = append(failures, &pulumirpc.CheckFailure{Property: path, Reason: reason})
	}
	return failures, nil
}

// unknownPaths are the paths in value of which known has no property. Lists and maps are looked through.
func unknownPaths(value resource.PropertyValue, known map[string]Property) []string {
	var paths []string
	switch {
	case value.IsArray():
		for i, element := range value.ArrayValue() {
			paths = append(paths, under("["+strconv.Itoa(i)+"]", unknownPaths(element, known))...)
		}
	case value.IsObject():
		for _, key := range value.ObjectValue().StableKeys() {
			property, found := known[string(key)]
			switch {
			case !found && !internal(string(key)):
				paths = append(paths, string(key))
			case property.Properties != nil:
				paths = append(paths, under(string(key), unknownPaths(value.ObjectValue()[key], property.Properties))...)
			}
		}
	}
	return paths
}

// internal keys are Pulumi's own; version is how the SDK says which plugin it wants.
func internal(key string) bool { return strings.HasPrefix(key, "__") || key == "version" }

func under(prefix string, paths []string) []string {
	for i, path := range paths {
		if !strings.HasPrefix(path, "[") {
			path = "." + path
		}
		paths[i] = prefix + path
	}
	return paths
}

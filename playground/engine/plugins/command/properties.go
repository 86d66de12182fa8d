package command

import (
	"context"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/structpb"
)

// checks holds, for each input, what its value must be.
var checks = map[resource.PropertyKey]struct {
	expected string
	is       func(resource.PropertyValue) bool
}{
	"addPreviousOutputInEnv": {"a boolean", resource.PropertyValue.IsBool},
	"create":                 {"a string", resource.PropertyValue.IsString},
	"delete":                 {"a string", resource.PropertyValue.IsString},
	"dir":                    {"a string", resource.PropertyValue.IsString},
	"environment":            {"a map of strings", isMapOfStrings},
	"interpreter":            {"a list of strings", isListOfStrings},
	"logging":                {"a string", resource.PropertyValue.IsString}, // any text, as the real one; only the known ones log
	"stdin":                  {"a string", resource.PropertyValue.IsString},
	"triggers":               {"a list", resource.PropertyValue.IsArray},
	"update":                 {"a string", resource.PropertyValue.IsString},
	versionInput:             {"a string", resource.PropertyValue.IsString},
}

// The framework of the real provider (pulumi-go-provider) adds its version to the inputs that are kept.
const (
	versionInput     = "__pulumi-go-provider-version"
	frameworkVersion = "1.3.0"
)

func isListOfStrings(value resource.PropertyValue) bool {
	return value.IsArray() && !slices.ContainsFunc(value.ArrayValue(), isNoString)
}

func isMapOfStrings(value resource.PropertyValue) bool {
	if !value.IsObject() {
		return false
	}
	for _, element := range value.ObjectValue() {
		if isNoString(element) {
			return false
		}
	}
	return true
}

func isNoString(value resource.PropertyValue) bool {
	value = bare(value)
	return !value.IsString() && !isUnknown(value)
}

func isUnknown(value resource.PropertyValue) bool { return value.IsComputed() || value.IsOutput() }

// bare is the value without its mark as a secret.
func bare(value resource.PropertyValue) resource.PropertyValue {
	for value.IsSecret() {
		value = value.SecretValue().Element
	}
	return value
}

func (s *server) Check(_ context.Context, in *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	inputs, err := decode(in.News)
	if err != nil {
		return nil, err
	}
	inputs[versionInput] = resource.NewStringProperty(frameworkVersion)
	checked, err := encode(inputs)
	if err != nil {
		return nil, err
	}
	response := &pulumirpc.CheckResponse{Inputs: checked}
	fail := func(key resource.PropertyKey, reason string) {
		response.Failures = append(response.Failures, &pulumirpc.CheckFailure{Property: string(key), Reason: reason})
	}
	for _, key := range inputs.StableKeys() {
		check, known := checks[key]
		value := bare(inputs[key])
		switch {
		case !known:
			fail(key, "not a property that this stand-in of the command provider has")
		case !isUnknown(value) && !check.is(value):
			fail(key, fmt.Sprintf("expected %s, got %s", check.expected, value.TypeString()))
		}
	}
	return response, nil
}

// Diff compares the inputs: every change is an update in place. That a change of triggers replaces is the doing of the Node SDK
// (replaceOnChanges of command:local:Command).
func (s *server) Diff(_ context.Context, in *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	before, err := decode(in.OldInputs)
	if err != nil {
		return nil, err
	}
	after, err := decode(in.News)
	if err != nil {
		return nil, err
	}
	difference := before.Diff(after)
	if difference == nil {
		return &pulumirpc.DiffResponse{Changes: pulumirpc.DiffResponse_DIFF_NONE}, nil
	}
	response := &pulumirpc.DiffResponse{
		Changes: pulumirpc.DiffResponse_DIFF_SOME, HasDetailedDiff: true, DetailedDiff: map[string]*pulumirpc.PropertyDiff{},
	}
	for _, key := range difference.ChangedKeys() {
		response.Diffs = append(response.Diffs, string(key))
	}
	for path, detail := range plugin.NewDetailedDiffFromObjectDiff(difference, true) {
		response.DetailedDiff[path] = &pulumirpc.PropertyDiff{Kind: pulumirpc.PropertyDiff_Kind(detail.Kind), InputDiff: true} //nolint:gosec // one enum
	}
	return response, nil
}

func decode(properties *structpb.Struct) (resource.PropertyMap, error) {
	return plugin.UnmarshalProperties(properties, plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true})
}

func encode(properties resource.PropertyMap) (*structpb.Struct, error) {
	return plugin.MarshalProperties(properties, plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true})
}

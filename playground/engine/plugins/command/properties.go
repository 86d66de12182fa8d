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

// checks holds, for each input, its type in the real provider and what its value must be.
var checks = map[resource.PropertyKey]struct {
	expected string
	is       func(resource.PropertyValue) bool
}{
	"addPreviousOutputInEnv": {"bool", resource.PropertyValue.IsBool},
	"assetPaths":             {"[]string", isListOfStrings}, // accepted; no assets are collected here
	"create":                 {"string", resource.PropertyValue.IsString},
	"delete":                 {"string", resource.PropertyValue.IsString},
	"dir":                    {"string", resource.PropertyValue.IsString},
	"environment":            {"map[string]string", isMapOfStrings},
	"interpreter":            {"[]string", isListOfStrings},
	"logging":                {"string", resource.PropertyValue.IsString}, // any text, as in the real one; only the known ones log
	"stdin":                  {"string", resource.PropertyValue.IsString},
	"triggers":               {"[]interface {}", resource.PropertyValue.IsArray},
	"update":                 {"string", resource.PropertyValue.IsString},
}

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
			fail(key, fmt.Sprintf("Unrecognized field '%s' on 'local.CommandInputs'", key))
		case !isUnknown(value) && !check.is(value):
			fail(key, fmt.Sprintf("Field '%s' on 'local.CommandInputs' must be a '%s'; got '%s' instead", key, check.expected, value.TypeString()))
		}
	}
	return response, nil
}

// Diff compares the inputs with the state, which holds the inputs and the outputs: every change is an update in place. That a
// change of triggers replaces is the doing of the Node SDK (replaceOnChanges of command:local:Command).
func (s *server) Diff(_ context.Context, in *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	before, err := decode(in.Olds)
	if err != nil {
		return nil, err
	}
	for _, output := range outputs {
		delete(before, output)
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

// outputs are what the state holds beside the inputs.
var outputs = []resource.PropertyKey{"stdout", "stderr"}

// checkState refuses a state that the real provider cannot read (pulumi-go-provider 1.2.0, mapper.Error).
func checkState(state resource.PropertyMap) error {
	for _, output := range outputs {
		if _, found := state[output]; !found {
			return fmt.Errorf("Missing required field '%s' on 'local.CommandOutputs'", output) //nolint:staticcheck // the real text
		}
	}
	for _, key := range state.StableKeys() {
		if _, known := checks[key]; !known && !slices.Contains(outputs, key) {
			return fmt.Errorf("Unrecognized field '%s' on 'local.CommandOutputs'", key) //nolint:staticcheck // the real text
		}
	}
	return nil
}

func decode(properties *structpb.Struct) (resource.PropertyMap, error) {
	return plugin.UnmarshalProperties(properties, plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true})
}

func encode(properties resource.PropertyMap) (*structpb.Struct, error) {
	return plugin.MarshalProperties(properties, plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true})
}

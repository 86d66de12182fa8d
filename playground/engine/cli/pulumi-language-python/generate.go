package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	generator "github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// GeneratePackage makes the Python package of a Pulumi package, for `pulumi package add`.
func (h *host) GeneratePackage(_ context.Context, in *pulumirpc.GeneratePackageRequest) (*pulumirpc.GeneratePackageResponse, error) {
	loader, err := schema.NewLoaderClient(in.LoaderTarget)
	if err != nil {
		return nil, err
	}
	defer loader.Close()
	var spec schema.PackageSpec
	if err := json.Unmarshal([]byte(in.Schema), &spec); err != nil {
		return nil, err
	}
	types := schema.NewCachedLoader(loader)
	bound, diagnostics, err := schema.BindSpec(spec, types, schema.ValidationOptions{AllowDanglingReferences: true})
	if err != nil {
		return nil, err
	}
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	files, err := generator.GeneratePackage("pulumi-language-python", bound, in.ExtraFiles, types)
	if err != nil {
		return nil, err
	}
	for name, content := range files {
		path := filepath.Join(in.Directory, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return nil, err
		}
	}
	return &pulumirpc.GeneratePackageResponse{}, nil
}

// Link writes the packages that were made into the program's requirements, in place of lines that are there already.
func (h *host) Link(_ context.Context, in *pulumirpc.LinkRequest) (*pulumirpc.LinkResponse, error) {
	path := filepath.Join(in.Info.GetProgramDirectory(), "requirements.txt")
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
	instructions := "You can import the SDK in your Python code with:\n\n"
	for _, dependency := range in.Packages {
		if !strings.Contains(string(text), dependency.Path) {
			lines = append(lines, dependency.Path)
		}
		module := "pulumi_" + strings.ReplaceAll(dependency.Package.Name, "-", "_")
		instructions += fmt.Sprintf("  import %s\n", module)
	}
	return &pulumirpc.LinkResponse{ImportInstructions: instructions},
		os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o644)
}

package language

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// manifest is the part of a package.json that says which plugin the package needs.
type manifest struct {
	Name             string
	Version          string
	Dependencies     map[string]string
	PeerDependencies map[string]string
	Pulumi           struct {
		Resource bool
		Name     string
		Version  string
		Server   string
	}
}

// packages names what the program depends on, with the versions. A program that is a package too has the SDKs as peers.
func (m manifest) packages() map[string]string {
	all := maps.Clone(m.PeerDependencies)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, m.Dependencies)
	return all
}

// GetRequiredPackages names the plugins of the program's dependencies, so that the engine can look for them.
func (h *host) GetRequiredPackages(_ context.Context, in *pulumirpc.GetRequiredPackagesRequest) (*pulumirpc.GetRequiredPackagesResponse, error) {
	folder := in.Info.GetProgramDirectory()
	program, err := nearestManifest(folder)
	if err != nil {
		return nil, err
	}
	response := &pulumirpc.GetRequiredPackagesResponse{}
	for name := range program.packages() {
		installed, found := findModule(folder, name)
		if !found {
			continue
		}
		dependency, err := readManifest(installed)
		if err != nil {
			return nil, err
		}
		if dependency.Pulumi.Resource {
			response.Packages = append(response.Packages, dependency.plugin())
		}
	}
	return response, nil
}

// GetProgramDependencies names the program's direct dependencies and the versions that are installed: for `pulumi about`.
func (h *host) GetProgramDependencies(_ context.Context, in *pulumirpc.GetProgramDependenciesRequest) (*pulumirpc.GetProgramDependenciesResponse, error) {
	folder := in.Info.GetProgramDirectory()
	program, err := nearestManifest(folder)
	if err != nil {
		return nil, err
	}
	response := &pulumirpc.GetProgramDependenciesResponse{}
	packages := program.packages()
	for _, name := range slices.Sorted(maps.Keys(packages)) {
		version := packages[name]
		if installed, found := findModule(folder, name); found {
			dependency, err := readManifest(installed)
			if err != nil {
				return nil, err
			}
			version = dependency.Version
		}
		response.Dependencies = append(response.Dependencies, &pulumirpc.DependencyInfo{Name: name, Version: version})
	}
	return response, nil
}

// InstallDependencies is `pulumi install`: npm's own install, which keeps to the lock file.
func (h *host) InstallDependencies(in *pulumirpc.InstallDependenciesRequest, stream pulumirpc.LanguageRuntime_InstallDependenciesServer) error {
	command := exec.CommandContext(stream.Context(), "npm", "install", "--loglevel=error")
	command.Dir = in.Info.GetProgramDirectory()
	command.Stdout = installOutput(func(text []byte) error {
		return stream.Send(&pulumirpc.InstallDependenciesResponse{Stdout: text})
	})
	command.Stderr = installOutput(func(text []byte) error {
		return stream.Send(&pulumirpc.InstallDependenciesResponse{Stderr: text})
	})
	if err := command.Run(); err != nil {
		return fmt.Errorf("npm install in %s: %w", command.Dir, err)
	}
	return nil
}

// installOutput hands what npm writes to the engine.
type installOutput func(text []byte) error

func (send installOutput) Write(text []byte) (int, error) { return len(text), send(text) }

func (m manifest) plugin() *pulumirpc.PackageDependency {
	return &pulumirpc.PackageDependency{
		Name:    cmp.Or(m.Pulumi.Name, strings.TrimPrefix(m.Name, "@pulumi/")),
		Kind:    "resource",
		Version: "v" + strings.TrimPrefix(cmp.Or(m.Pulumi.Version, m.Version), "v"),
		Server:  m.Pulumi.Server,
	}
}

func readManifest(folder string) (manifest, error) {
	var found manifest
	text, err := os.ReadFile(filepath.Join(folder, "package.json"))
	if err != nil {
		return found, err
	}
	return found, json.Unmarshal(text, &found)
}

// nearestManifest is the package.json of the folder or of the nearest one above it.
func nearestManifest(folder string) (manifest, error) {
	for {
		found, err := readManifest(folder)
		if err == nil || !os.IsNotExist(err) || filepath.Dir(folder) == folder {
			return found, err
		}
		folder = filepath.Dir(folder)
	}
}

// findModule looks for node_modules/NAME in the folder and upwards, as Node does.
func findModule(folder, name string) (string, bool) {
	for {
		module := filepath.Join(folder, "node_modules", name)
		if _, err := os.Stat(filepath.Join(module, "package.json")); err == nil {
			return module, true
		}
		if filepath.Dir(folder) == folder {
			return "", false
		}
		folder = filepath.Dir(folder)
	}
}

func sdk(folder string) (string, error) {
	found, ok := findModule(folder, "@pulumi/pulumi")
	if !ok {
		return "", fmt.Errorf("@pulumi/pulumi is not installed for %s: run npm install there", folder)
	}
	return found, nil
}

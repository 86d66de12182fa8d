package main

import (
	"fmt"
	"os"
	"os/exec"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// InstallDependencies is `pulumi install`: a virtual environment, where there is none, and pip in it.
func (h *host) InstallDependencies(in *pulumirpc.InstallDependenciesRequest, stream pulumirpc.LanguageRuntime_InstallDependenciesServer) error {
	if environment, set := in.Info.GetOptions().AsMap()["virtualenv"].(string); set {
		if _, err := os.Stat(python(in.Info)); os.IsNotExist(err) {
			if err := run(in, stream, "python3", "-m", "venv", environment); err != nil {
				return err
			}
		}
	}
	return run(in, stream, python(in.Info), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", "requirements.txt")
}

func run(in *pulumirpc.InstallDependenciesRequest, stream pulumirpc.LanguageRuntime_InstallDependenciesServer, name string, arguments ...string) error {
	command := exec.CommandContext(stream.Context(), name, arguments...)
	command.Dir = in.Info.GetProgramDirectory()
	output, err := command.CombinedOutput()
	if sent := stream.Send(&pulumirpc.InstallDependenciesResponse{Stderr: output}); sent != nil {
		return sent
	}
	if err != nil {
		return fmt.Errorf("%v in %s: %w", command.Args, command.Dir, err)
	}
	return nil
}

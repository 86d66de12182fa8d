package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// The SDK ends with this code when it has told the user what went wrong.
const alreadyReported = 32

// Run runs the program once, in the virtual environment that the runtime option virtualenv names.
func (h *host) Run(ctx context.Context, in *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	if self, err = filepath.EvalSymlinks(self); err != nil {
		return nil, err
	}
	arguments := []string{
		"-u", filepath.Join(filepath.Dir(self), "pulumi-language-python-exec"),
		"--monitor", in.MonitorAddress, "--engine", h.engineAddress, "--organization", in.Organization,
		"--project", in.Project, "--stack", in.Stack, "--root_directory", in.Info.GetRootDirectory(), "--pwd", in.Pwd,
		"--parallel", strconv.Itoa(int(in.Parallel)), "--dry_run", strconv.FormatBool(in.DryRun),
		cmp.Or(in.Info.GetEntryPoint(), "."),
	}
	config, err := json.Marshal(in.Config)
	if err != nil {
		return nil, err
	}
	secretKeys, err := json.Marshal(append([]string{}, in.ConfigSecretKeys...))
	if err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, python(in.Info), append(arguments, in.Args...)...)
	command.Dir = in.Info.GetProgramDirectory()
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	command.Env = append(os.Environ(), "PULUMI_CONFIG="+string(config), "PULUMI_CONFIG_SECRET_KEYS="+string(secretKeys))
	err = command.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return &pulumirpc.RunResponse{}, nil
	case errors.As(err, &exit) && exit.ExitCode() == alreadyReported:
		return &pulumirpc.RunResponse{Bail: true}, nil
	default:
		return &pulumirpc.RunResponse{Error: "python: " + err.Error()}, nil
	}
}

func python(program *pulumirpc.ProgramInfo) string {
	environment, set := program.GetOptions().AsMap()["virtualenv"].(string)
	if !set {
		return "python3"
	}
	if !filepath.IsAbs(environment) {
		environment = filepath.Join(program.GetProgramDirectory(), environment)
	}
	return filepath.Join(environment, "bin", "python")
}

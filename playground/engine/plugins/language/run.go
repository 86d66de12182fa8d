package language

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// The SDK ends with this code when it has told the user what went wrong.
const alreadyReported = 32

// Run runs the program once. Of the runtime options, typescript, tsconfig and nodeargs (split at blanks) are followed.
func (h *host) Run(ctx context.Context, in *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	command, err := h.program(ctx, in)
	if err != nil {
		return nil, err
	}
	err = command.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return &pulumirpc.RunResponse{}, nil
	case errors.As(err, &exit) && exit.ExitCode() == alreadyReported:
		return &pulumirpc.RunResponse{Bail: true}, nil
	default:
		return &pulumirpc.RunResponse{Error: "node: " + err.Error()}, nil
	}
}

func (h *host) program(ctx context.Context, in *pulumirpc.RunRequest) (*exec.Cmd, error) {
	folder := in.Info.GetProgramDirectory()
	module, err := sdk(folder)
	if err != nil {
		return nil, err
	}
	options := in.Info.GetOptions().AsMap()
	environment, err := environment(in, options)
	if err != nil {
		return nil, err
	}
	nodeArguments, _ := options["nodeargs"].(string)
	arguments := append(strings.Fields(nodeArguments), filepath.Join(module, "cmd", "run"))
	command := exec.CommandContext(ctx, "node", append(arguments, h.arguments(in)...)...)
	command.Dir = folder
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	command.Env = environment
	return command, nil
}

func (h *host) arguments(in *pulumirpc.RunRequest) []string {
	arguments := []string{
		"--monitor", in.MonitorAddress, "--engine", h.engineAddress,
		"--organization", in.Organization, "--project", in.Project, "--stack", in.Stack,
		"--root-directory", in.Info.GetRootDirectory(), "--pwd", in.Pwd, "--parallel", strconv.Itoa(int(in.Parallel)),
	}
	if in.DryRun {
		arguments = append(arguments, "--dry-run")
	}
	return append(append(arguments, cmp.Or(in.Info.GetEntryPoint(), ".")), in.Args...)
}

// environment hands the stack's configuration over, and the options as the SDK expects them.
func environment(in *pulumirpc.RunRequest, options map[string]any) ([]string, error) {
	config, err := json.Marshal(orEmpty(in.Config))
	if err != nil {
		return nil, err
	}
	secretKeys, err := json.Marshal(append([]string{}, in.ConfigSecretKeys...))
	if err != nil {
		return nil, err
	}
	all := append(os.Environ(), "PULUMI_CONFIG="+string(config), "PULUMI_CONFIG_SECRET_KEYS="+string(secretKeys))
	if typescript, set := options["typescript"].(bool); !set || typescript {
		all = append(all, "PULUMI_NODEJS_TYPESCRIPT=true")
	}
	if file, set := options["tsconfig"].(string); set {
		all = append(all, "PULUMI_NODEJS_TSCONFIG_PATH="+file)
	}
	return all, nil
}

func orEmpty(config map[string]string) map[string]string {
	if config == nil {
		return map[string]string{}
	}
	return config
}

package language

import (
	"errors"
	"os/exec"
	"path/filepath"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// RunPlugin runs a plugin that is a program of Node, until the engine ends it. The Node host of Pulumi 3.276 does the same: the SDK in
// the plugin's folder loads that folder as a module, in the folder of the Pulumi project.
func (h *host) RunPlugin(in *pulumirpc.RunPluginRequest, server pulumirpc.LanguageRuntime_RunPluginServer) error {
	folder := in.Info.GetProgramDirectory()
	module, err := sdk(folder)
	if err != nil {
		return err
	}
	closer, stdout, stderr, err := rpcutil.MakeRunPluginStreams(server, false)
	if err != nil {
		return err
	}
	defer closer.Close()
	arguments := append([]string{filepath.Join(module, "cmd", "run-plugin"), folder}, in.Args...)
	command := exec.CommandContext(server.Context(), "node", arguments...)
	command.Dir = in.Pwd
	command.Env = in.Env
	command.Stdout, command.Stderr = stdout, stderr
	var exit *exec.ExitError
	if err := command.Run(); err != nil && !errors.As(err, &exit) {
		return err
	}
	code := int32(command.ProcessState.ExitCode())
	return server.Send(&pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Exitcode{Exitcode: code}})
}

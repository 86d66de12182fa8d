// Package language is a small stand-in for Pulumi's Node language host, whose Go module no registry serves. It starts the real
// Node SDK (node_modules/@pulumi/pulumi/cmd/run), which does the work.
package language

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// host answers the Pulumi engine.
type host struct {
	pulumirpc.UnimplementedLanguageRuntimeServer
	engineAddress string
}

// Serve answers the Pulumi engine until it ends.
func Serve() error {
	for _, ignored := range []string{"tracing", "root"} {
		flag.String(ignored, "", "accepted, not used")
	}
	flag.Parse()
	// The engine ends a plugin with SIGINT. A background job's children start with that signal ignored, so ask for it.
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt)
	defer cancel()
	stop := make(chan bool)
	context.AfterFunc(ctx, func() { close(stop) })

	server, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Cancel: stop,
		Init: func(server *grpc.Server) error {
			pulumirpc.RegisterLanguageRuntimeServer(server, &host{engineAddress: flag.Arg(0)})
			return nil
		},
	})
	if err != nil {
		return err
	}
	if flag.Arg(0) != "" {
		if err := rpcutil.Healthcheck(ctx, flag.Arg(0), 5*time.Minute, cancel); err != nil {
			return err
		}
	}
	fmt.Println(server.Port)
	return <-server.Done
}

func (h *host) Handshake(_ context.Context, in *pulumirpc.LanguageHandshakeRequest) (*pulumirpc.LanguageHandshakeResponse, error) {
	h.engineAddress = in.EngineAddress
	return &pulumirpc.LanguageHandshakeResponse{}, nil
}

func (h *host) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{}, nil
}

func (h *host) About(ctx context.Context, _ *pulumirpc.AboutRequest) (*pulumirpc.AboutResponse, error) {
	node, err := exec.LookPath("node")
	if err != nil {
		return nil, err
	}
	version, err := exec.CommandContext(ctx, node, "--version").Output()
	return &pulumirpc.AboutResponse{Executable: node, Version: strings.TrimSpace(string(version))}, err
}

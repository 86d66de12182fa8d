// A small stand-in for Pulumi's Python language host, whose Go module no registry serves. It starts the real Python SDK by the script of
// Pulumi's own host, which is in the Go module of the SDK, and makes packages by Pulumi's own generator.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
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

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// serve answers the Pulumi engine until it ends.
func serve() error {
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

// GetRequiredPackages names none: the engine has those that Pulumi.yaml names.
func (h *host) GetRequiredPackages(context.Context, *pulumirpc.GetRequiredPackagesRequest) (*pulumirpc.GetRequiredPackagesResponse, error) {
	return &pulumirpc.GetRequiredPackagesResponse{}, nil
}

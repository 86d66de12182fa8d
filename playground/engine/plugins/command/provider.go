// Package command is a stand-in for the command provider (pulumi-command 1.2.1), whose Go module no registry serves. It has
// command:local:Command without assets and archives, and otherwise does what the real one does, its faults included.
package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/diag"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/emptypb"
)

// server answers the Pulumi engine.
type server struct {
	pulumirpc.UnimplementedResourceProviderServer
	version string
	host    *provider.HostClient
	// session ends with Cancel.
	session context.Context //nolint:containedctx // the provider's own life, not a call's
	cancel  context.CancelFunc
}

// Serve answers the Pulumi engine until it ends.
func Serve(version string) error {
	return provider.Main("command", func(host *provider.HostClient) (pulumirpc.ResourceProviderServer, error) {
		session, cancel := context.WithCancel(context.Background())
		return &server{version: version, host: host, session: session, cancel: cancel}, nil
	})
}

func (s *server) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: s.version}, nil
}

func (s *server) GetSchema(context.Context, *pulumirpc.GetSchemaRequest) (*pulumirpc.GetSchemaResponse, error) {
	return &pulumirpc.GetSchemaResponse{Schema: fmt.Sprintf(`{"name":"command","version":%q}`, s.version)}, nil
}

// CheckConfig adds to the provider's inputs, as the framework of the real provider (pulumi-go-provider 1.2.0) does, its version.
func (s *server) CheckConfig(_ context.Context, in *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	inputs, err := decode(in.News)
	if err != nil {
		return nil, err
	}
	inputs["__pulumi-go-provider-version"] = resource.NewStringProperty("1.2.0")
	checked, err := encode(inputs)
	return &pulumirpc.CheckResponse{Inputs: checked}, err
}

func (s *server) DiffConfig(context.Context, *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	return &pulumirpc.DiffResponse{}, nil
}

func (s *server) Configure(context.Context, *pulumirpc.ConfigureRequest) (*pulumirpc.ConfigureResponse, error) {
	return &pulumirpc.ConfigureResponse{AcceptSecrets: true, SupportsPreview: true, AcceptResources: true}, nil
}

func (s *server) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	s.cancel()
	return &emptypb.Empty{}, nil
}

func (s *server) Create(ctx context.Context, in *pulumirpc.CreateRequest) (*pulumirpc.CreateResponse, error) {
	state, err := s.change(ctx, change{urn: resource.URN(in.Urn), inputs: in.Properties, preview: in.Preview, scripts: []string{"create"}})
	if err != nil {
		return nil, err
	}
	properties, err := encode(state)
	if err != nil || in.Preview {
		return &pulumirpc.CreateResponse{Properties: properties}, err
	}
	id, err := resource.NewUniqueHex(resource.URN(in.Urn).Name(), 8, 0)
	return &pulumirpc.CreateResponse{Id: id, Properties: properties}, err
}

// Update runs update, or create where there is none.
func (s *server) Update(ctx context.Context, in *pulumirpc.UpdateRequest) (*pulumirpc.UpdateResponse, error) {
	previous, err := decode(in.Olds)
	if err != nil {
		return nil, err
	}
	if err := checkState(previous); err != nil {
		return nil, err
	}
	state, err := s.change(ctx, change{
		urn: resource.URN(in.Urn), inputs: in.News, previous: previous, preview: in.Preview, scripts: []string{"update", "create"},
	})
	if err != nil {
		return nil, err
	}
	properties, err := encode(state)
	return &pulumirpc.UpdateResponse{Properties: properties}, err
}

// Delete runs with what the state holds, maybe written by an older program on another machine.
func (s *server) Delete(ctx context.Context, in *pulumirpc.DeleteRequest) (*emptypb.Empty, error) {
	previous, err := decode(in.Properties)
	if err != nil {
		return nil, err
	}
	if err := checkState(previous); err != nil {
		return nil, err
	}
	_, err = s.change(ctx, change{urn: resource.URN(in.Urn), inputs: in.Properties, previous: previous, scripts: []string{"delete"}})
	return &emptypb.Empty{}, err
}

// Read finds what the state says: a command has nothing to be read from.
func (s *server) Read(_ context.Context, in *pulumirpc.ReadRequest) (*pulumirpc.ReadResponse, error) {
	if len(in.Inputs.GetFields()) == 0 {
		return nil, errors.New("a command cannot be imported")
	}
	return &pulumirpc.ReadResponse{Id: in.Id, Properties: in.Properties, Inputs: in.Inputs}, nil
}

// logger shows each line beside the resource while it runs, as a status that the final output does not keep.
func (s *server) logger(ctx context.Context, urn resource.URN) func(line string) {
	return func(line string) {
		if s.host == nil {
			return
		}
		if err := s.host.LogStatus(context.WithoutCancel(ctx), diag.Info, urn, line); err != nil {
			fmt.Fprintln(os.Stderr, strings.TrimSpace(err.Error()))
		}
	}
}

// within returns a context that ends with the call and with Cancel, which ends this provider's work for good.
func (s *server) within(call context.Context) (context.Context, func()) {
	ctx, end := context.WithCancel(call)
	if s.session.Err() != nil {
		end() // at once: AfterFunc would do it beside the command's start
	}
	stop := context.AfterFunc(s.session, end)
	return ctx, func() { stop(); end() }
}

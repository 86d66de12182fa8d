package bridge

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	tfplugin "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/vendored/opentofu/plugin"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/vendored/tfplugin5"
	"google.golang.org/grpc"
)

// server is a running Terraform provider (plugin protocol 5) as the server that the bridge takes (protocol 6). The methods
// that the bridge does not call stay nil.
type server struct {
	tfprotov6.ProviderServer
	client tfplugin5.ProviderClient
	wants  func(name string) bool
}

// start runs the provider as a child process that ends with this one. The second result ends it earlier.
func start(binary string, wants func(string) bool) (*server, func(), error) {
	command := exec.Command(binary)
	runtime.LockOSThread() // what ties the child to its parent goes by the parent's thread
	endWithParent(command)
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  tfplugin.Handshake,
		VersionedPlugins: map[int]plugin.PluginSet{5: tfplugin.VersionedPlugins[5]},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		AutoMTLS:         true,
		Cmd:              command,
		Logger:           hclog.New(&hclog.LoggerOptions{Level: logLevel(), Output: os.Stderr}),
	})
	connection, err := client.Client()
	if err != nil {
		client.Kill()
		return nil, nil, fmt.Errorf("%s: %w", binary, err)
	}
	return &server{client: tfplugin5.NewProviderClient(connection.(*plugin.GRPCClient).Conn), wants: wants}, client.Kill, nil
}

// stop ends what the provider is doing at the moment.
func (s *server) stop(ctx context.Context) error {
	answer, err := s.client.Stop(ctx, &tfplugin5.Stop_Request{})
	if err == nil && answer.Error != "" {
		err = errors.New(answer.Error)
	}
	return err
}

// logLevel follows TF_LOG, as Terraform does.
func logLevel() hclog.Level {
	if level := hclog.LevelFromString(os.Getenv("TF_LOG")); level != hclog.NoLevel {
		return level
	}
	return hclog.Off
}

func (s *server) GetProviderSchema(ctx context.Context, in *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return call[tfprotov6.GetProviderSchemaResponse](ctx, in, s.usedSchema)
}

func (s *server) usedSchema(ctx context.Context, in *tfplugin5.GetProviderSchema_Request, options ...grpc.CallOption) (*tfplugin5.GetProviderSchema_Response, error) {
	schema, err := s.client.GetSchema(ctx, in, options...)
	if err != nil {
		return nil, err
	}
	for _, table := range []map[string]*tfplugin5.Schema{schema.ResourceSchemas, schema.DataSourceSchemas} {
		for name := range table {
			if !s.wants(name) {
				delete(table, name)
			}
		}
	}
	schema.Functions, schema.EphemeralResourceSchemas = nil, nil
	return schema, nil
}

func (s *server) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov6.GetResourceIdentitySchemasResponse{}, nil
}

func (s *server) ValidateProviderConfig(ctx context.Context, in *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return call[tfprotov6.ValidateProviderConfigResponse](ctx, in, s.client.PrepareProviderConfig)
}

func (s *server) ConfigureProvider(ctx context.Context, in *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return call[tfprotov6.ConfigureProviderResponse](ctx, in, s.client.Configure)
}

func (s *server) ValidateResourceConfig(ctx context.Context, in *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return call[tfprotov6.ValidateResourceConfigResponse](ctx, in, s.client.ValidateResourceTypeConfig)
}

func (s *server) UpgradeResourceState(ctx context.Context, in *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return call[tfprotov6.UpgradeResourceStateResponse](ctx, in, s.client.UpgradeResourceState)
}

func (s *server) ReadResource(ctx context.Context, in *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return call[tfprotov6.ReadResourceResponse](ctx, in, s.client.ReadResource)
}

func (s *server) PlanResourceChange(ctx context.Context, in *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return call[tfprotov6.PlanResourceChangeResponse](ctx, in, s.client.PlanResourceChange)
}

func (s *server) ApplyResourceChange(ctx context.Context, in *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return call[tfprotov6.ApplyResourceChangeResponse](ctx, in, s.client.ApplyResourceChange)
}

func (s *server) ImportResourceState(ctx context.Context, in *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return call[tfprotov6.ImportResourceStateResponse](ctx, in, s.client.ImportResourceState)
}

func (s *server) ValidateDataResourceConfig(ctx context.Context, in *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return call[tfprotov6.ValidateDataResourceConfigResponse](ctx, in, s.client.ValidateDataSourceConfig)
}

func (s *server) ReadDataSource(ctx context.Context, in *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return call[tfprotov6.ReadDataSourceResponse](ctx, in, s.client.ReadDataSource)
}

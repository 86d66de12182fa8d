// Package bridge puts real Terraform providers behind the tokens of Pulumi packages, with the library that Pulumi's own
// providers are made with. Only the tokens in its tables work.
package bridge

import (
	"context"
	"fmt"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/proto"
	pftfbridge "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// Provider says which tokens of a Pulumi package are made of what of a Terraform provider.
type Provider struct {
	// Name of the Pulumi package; also the prefix of the Terraform names.
	Name string
	// Resources and Functions map a token without its package to the Terraform name.
	Resources, Functions map[string]string
	// Config and Fields hold, by Terraform name, where the package departs from the bridge's own naming.
	Config map[string]*tfbridge.SchemaInfo
	Fields map[string]map[string]*tfbridge.SchemaInfo
}

// Serve answers the Pulumi engine until it ends.
func (p Provider) Serve(ctx context.Context, binary, version string) error {
	server, stop, err := start(binary, p.wants())
	if err != nil {
		return err
	}
	defer stop()
	info := p.info(ctx, server, version)
	schema := fmt.Sprintf(`{"name":%q,"version":%q}`, p.Name, version)
	return provider.Main(p.Name, func(host *provider.HostClient) (pulumirpc.ResourceProviderServer, error) {
		bridged, err := pftfbridge.NewProviderServer(ctx, host, info, pftfbridge.ProviderMetadata{PackageSchema: []byte(schema)})
		return frontServer{ResourceProviderServer: bridged, known: p.known(info), stop: server.stop}, err
	})
}

// wants tells which Terraform resources and data sources are in use: the others, some 1,500 in AWS's case, are dropped early.
func (p Provider) wants() func(string) bool {
	used := map[string]bool{}
	for _, table := range []map[string]string{p.Resources, p.Functions} {
		for _, name := range table {
			used[name] = true
		}
	}
	return func(name string) bool { return used[name] }
}

func (p Provider) info(ctx context.Context, server *server, version string) tfbridge.ProviderInfo {
	info := tfbridge.ProviderInfo{
		P:              proto.New(ctx, server),
		Name:           p.Name,
		Version:        version,
		ResourcePrefix: p.Name,
		Config:         p.Config,
		Resources:      map[string]*tfbridge.ResourceInfo{},
		DataSources:    map[string]*tfbridge.DataSourceInfo{},
		MetadataInfo:   &tfbridge.MetadataInfo{Data: tfbridge.ProviderMetadata(nil)},
	}
	for token, name := range p.Resources {
		info.Resources[name] = &tfbridge.ResourceInfo{Tok: tokens.Type(p.Name + ":" + token), Fields: p.Fields[name]}
	}
	for token, name := range p.Functions {
		info.DataSources[name] = &tfbridge.DataSourceInfo{Tok: tokens.ModuleMember(p.Name + ":" + token)}
	}
	info.SetAutonaming(255, "-")
	return info
}

package bridge

import (
	"context"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
)

// Property is what the bridge makes of one attribute: enough to compare with the Pulumi package's own declaration.
type Property struct {
	// Shape is scalar, list, map or object.
	Shape string `json:"shape"`
	// Properties of an object, or of each object in a list.
	Properties map[string]Property `json:"properties,omitempty"`
	// Secret says that the value is kept encrypted in the state.
	Secret bool `json:"secret,omitempty"`
}

// Properties of each token, and of the provider's own settings under pulumi:providers:NAME. An input that the bridge does not
// know is dropped without an error, so this is compared with what the npm package sends.
func (p Provider) Properties(ctx context.Context, binary string) (map[string]map[string]Property, error) {
	server, stop, err := start(binary, p.wants())
	if err != nil {
		return nil, err
	}
	defer stop()
	return p.known(p.info(ctx, server, "0.0.0")), nil
}

func (p Provider) known(info tfbridge.ProviderInfo) map[string]map[string]Property {
	known := map[string]map[string]Property{
		"pulumi:providers:" + p.Name: properties(info.P.Schema(), p.Config),
	}
	for token, name := range p.Resources {
		known[p.Name+":"+token] = properties(info.P.ResourcesMap().Get(name).Schema(), p.Fields[name])
	}
	for token, name := range p.Functions {
		known[p.Name+":"+token] = properties(info.P.DataSourcesMap().Get(name).Schema(), nil)
	}
	return known
}

func properties(schema shim.SchemaMap, fields map[string]*tfbridge.SchemaInfo) map[string]Property {
	known := map[string]Property{}
	schema.Range(func(name string, attribute shim.Schema) bool {
		known[tfbridge.TerraformToPulumiNameV2(name, schema, fields)] = property(attribute, fields[name])
		return true
	})
	return known
}

func property(attribute shim.Schema, field *tfbridge.SchemaInfo) Property {
	found := Property{Secret: attribute.Sensitive()}
	switch attribute.Type() {
	case shim.TypeList, shim.TypeSet:
		found.Shape = "list"
	case shim.TypeMap:
		found.Shape = "map"
	default:
		found.Shape = "scalar"
	}
	nested := object(attribute)
	if nested != nil {
		found.Properties = properties(nested, fieldsOf(field))
	}
	if attribute.Type() == shim.TypeMap && nested != nil {
		found.Shape = "object"
	}
	if tfbridge.IsMaxItemsOne(attribute, field) {
		found.Shape = "scalar"
		if nested != nil {
			found.Shape = "object"
		}
	}
	return found
}

// object is the schema of an object, or of the objects in a list; nil where there are none.
func object(attribute shim.Schema) shim.SchemaMap {
	switch element := attribute.Elem().(type) {
	case shim.Resource:
		return element.Schema()
	case shim.Schema:
		return object(element)
	default:
		return nil
	}
}

func fieldsOf(field *tfbridge.SchemaInfo) map[string]*tfbridge.SchemaInfo {
	if field == nil {
		return nil
	}
	if field.Elem != nil {
		return field.Elem.Fields
	}
	return field.Fields
}

//go:build pin

// Package cli pins, in go.mod and go.sum, the Pulumi command line and the language host of Pulumi YAML, which the playground builds as
// they are. It is a module apart from the plugins, because the Terraform bridge does not compile with this release of the command line.
// What both modules need has one version in them, so that Go compiles it once.
package cli

import (
	_ "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml"
	_ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
)

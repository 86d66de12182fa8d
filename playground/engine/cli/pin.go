//go:build pin

// Package cli pins, in go.mod and go.sum, the release of the Pulumi command line that the playground builds. It holds no code
// of its own: the build names the package below. It is a module apart from the plugins because together they select a
// version of tablewriter with which the command line does not compile.
package cli

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"

//go:build pin

// Package languages pins, in go.mod and go.sum, the language host of Pulumi YAML, which the playground builds as it is.
package languages

import _ "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml"

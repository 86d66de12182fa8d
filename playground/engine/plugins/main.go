// The playground's Pulumi plugins in one binary: which one runs depends on the name that the binary is started by.
//
//   - pulumi-language-nodejs: a small stand-in for the Node language host
//   - pulumi-resource-aws, pulumi-resource-tls: the real Terraform providers behind Pulumi's tokens
//   - pulumi-resource-command: a stand-in for the command provider
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"jenkins-ec2-agents/playground/engine/plugins/bridge"
	"jenkins-ec2-agents/playground/engine/plugins/command"
	"jenkins-ec2-agents/playground/engine/plugins/language"
)

func main() {
	if err := run(os.Args[0]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(startedAs string) error {
	switch name := filepath.Base(startedAs); name {
	case "pulumi-language-nodejs":
		return language.Serve()
	case "pulumi-resource-command":
		return command.Serve(version(startedAs))
	case "pulumi-resource-aws":
		return bridged(bridge.AWS, startedAs)
	case "pulumi-resource-tls":
		return bridged(bridge.TLS, startedAs)
	default:
		return fmt.Errorf("no plugin is called %s", name)
	}
}

// bridged serves a provider, or prints what it knows when asked with -properties.
func bridged(provider bridge.Provider, startedAs string) error {
	binary, err := providerBinary(provider)
	if err != nil {
		return err
	}
	if len(os.Args) == 2 && os.Args[1] == "-properties" {
		properties, err := provider.Properties(context.Background(), binary)
		if err != nil {
			return err
		}
		return json.NewEncoder(os.Stdout).Encode(properties)
	}
	return provider.Serve(context.Background(), binary, version(startedAs))
}

// providerBinary is the Terraform provider that lies beside this binary.
func providerBinary(provider bridge.Provider) (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	if self, err = filepath.EvalSymlinks(self); err != nil {
		return "", err
	}
	return filepath.Join(filepath.Dir(self), "terraform-provider-"+provider.Name), nil
}

// version is the one that the plugin stands for: Pulumi keeps a plugin in a folder such as resource-aws-v7.48.0, and compares
// what the plugin says with what it looked for.
func version(startedAs string) string {
	folder := filepath.Base(filepath.Dir(startedAs))
	if at := strings.LastIndex(folder, "-v"); at >= 0 {
		return folder[at+2:]
	}
	return "0.0.0"
}

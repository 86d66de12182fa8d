//go:build pin

package main

// Built as it is, beside the plugins; imported here so that go.mod and go.sum pin it.
import _ "github.com/hashicorp/terraform-provider-tls"

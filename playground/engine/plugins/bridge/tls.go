package bridge

// TLS is hashicorp/tls under the tokens of @pulumi/tls that the program uses.
var TLS = Provider{
	Name:      "tls",
	Resources: map[string]string{"index/privateKey:PrivateKey": "tls_private_key"},
	Functions: map[string]string{"index/getPublicKey:getPublicKey": "tls_public_key"},
}

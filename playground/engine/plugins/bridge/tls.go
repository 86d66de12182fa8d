package bridge

import "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"

// TLS is hashicorp/tls under the tokens of @pulumi/tls.
var TLS = Provider{
	Name: "tls",
	Resources: map[string]string{
		"index/certRequest:CertRequest":             "tls_cert_request",
		"index/locallySignedCert:LocallySignedCert": "tls_locally_signed_cert",
		"index/privateKey:PrivateKey":               "tls_private_key",
		"index/selfSignedCert:SelfSignedCert":       "tls_self_signed_cert",
	},
	Functions: map[string]string{"index/getPublicKey:getPublicKey": "tls_public_key"},
	Fields: map[string]map[string]*tfbridge.SchemaInfo{
		"tls_cert_request":     {"subject": single("subject")},
		"tls_self_signed_cert": {"subject": single("subject")},
	},
}

func single(name string) *tfbridge.SchemaInfo {
	return &tfbridge.SchemaInfo{Name: name, MaxItemsOne: tfbridge.True()}
}

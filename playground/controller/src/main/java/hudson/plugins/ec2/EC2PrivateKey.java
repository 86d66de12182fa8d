package hudson.plugins.ec2;

import hudson.util.Secret;
import standin.aws.Fingerprints;

/** The private key that the plugin logs in with. */
public class EC2PrivateKey {
    private final Secret privateKey;

    public EC2PrivateKey(String privateKey) {
        this.privateKey = Secret.fromString(privateKey.trim());
    }

    public String getPrivateKey() {
        return privateKey.getPlainText();
    }

    /** SHA-1 of the PKCS#8 private key: what EC2 gives for keys that it made. */
    public String getFingerprint() throws java.io.IOException {
        return Fingerprints.ofPrivateKey(getPrivateKey());
    }

    /** MD5 of the public key: what EC2 gives for imported keys. */
    public String getPublicFingerprint() throws java.io.IOException {
        return Fingerprints.ofPublicKey(getPrivateKey());
    }

    public boolean isPrivateKey() {
        return getPrivateKey().contains("-----BEGIN RSA PRIVATE KEY-----");
    }
}

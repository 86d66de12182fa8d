package standin.aws;

import hudson.plugins.ec2.EC2PrivateKey;
import hudson.util.FormValidation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.KeyPairInfo;

/** The plugin's Test Connection: the SSH credential, then EC2, then the key pair. */
public final class ConnectionTest {
    private ConnectionTest() {}

    /** May answer an error and "Success" at once, as the plugin does for a key that is not registered. */
    public static FormValidation run(CloudConnection connection) {
        EC2PrivateKey key = connection.privateKey();
        if (key == null) {
            return FormValidation.error(
                    "Failed to find credential \"" + connection.sshKeysCredentialsId() + "\" in store.");
        }
        List<FormValidation> said = new ArrayList<>();
        if (!key.getPrivateKey().matches("(?s).*-----BEGIN (RSA|OPENSSH) PRIVATE KEY-----.*")) {
            return FormValidation.error("This doesn't look like a private key at all");
        }
        try {
            Ec2Client ec2 = connection.client();
            ec2.describeInstances();
            if (find(ec2, key).isEmpty()) {
                said.add(FormValidation.error("The EC2 key pair private key isn't registered to this EC2 region"
                        + " (fingerprint is " + key.getFingerprint() + ")"));
            }
        } catch (SdkException | IOException problem) {
            return FormValidation.error(problem.getMessage());
        }
        said.add(FormValidation.ok("Success"));
        return FormValidation.aggregate(said);
    }

    /** The key pair in EC2 that belongs to a private key, by either fingerprint. */
    public static Optional<KeyPairInfo> find(Ec2Client ec2, EC2PrivateKey key) throws IOException {
        String ofPrivate = key.getFingerprint();
        String ofPublic = key.getPublicFingerprint();
        return ec2.describeKeyPairs().keyPairs().stream()
                .filter(pair -> ofPrivate.equalsIgnoreCase(pair.keyFingerprint())
                        || ofPublic.equalsIgnoreCase(pair.keyFingerprint()))
                .findFirst();
    }
}

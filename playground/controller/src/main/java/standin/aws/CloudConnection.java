package standin.aws;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.Util;
import hudson.plugins.ec2.EC2PrivateKey;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryPolicy;
import software.amazon.awssdk.core.retry.backoff.FullJitterBackoffStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import standin.host.AwsHttp;

/**
 * How a cloud reaches EC2: its endpoint, region and identity.
 *
 * @param altEndpoint    of the cloud, empty for the playground's emulator
 * @param credentialsId  of an access key; one that does not exist is silently replaced by the machine's, as in the plugin
 * @param instanceProfile true: the machine's identity
 */
public record CloudConnection(
        String altEndpoint,
        String region,
        boolean instanceProfile,
        String credentialsId,
        String sshKeysCredentialsId,
        String roleArn,
        String roleSessionName) {

    /** The plugin's own number of retries: an endpoint that is down is tried 17 times. */
    private static final int RETRIES = 16;

    /** The SDK's first and longest pause between two tries, in minutes of the plugin. */
    private static final double FIRST_PAUSE_MINUTES = 0.1 / 60;

    private static final double LONGEST_PAUSE_MINUTES = 20.0 / 60;

    private static final Map<Object, Ec2Client> CLIENTS = new ConcurrentHashMap<>();

    /** Identifies a client: connection and access key. */
    private record Key(CloudConnection connection, String accessKey, String secretKey) {}

    public Ec2Client client() {
        AwsBasicCredentials credentials = credentials();
        return CLIENTS.computeIfAbsent(
                new Key(this, credentials.accessKeyId(), credentials.secretAccessKey()), key -> create(credentials));
    }

    private Ec2Client create(AwsBasicCredentials credentials) {
        URI endpoint = endpoint();
        if (endpoint == null) {
            throw SdkClientException.create("There is no EC2 here (stand-in: see awsEndpoint)");
        }
        return Ec2Client.builder()
                .httpClient(AwsHttp.CLIENT)
                .region(awsRegion())
                .credentialsProvider(identity(credentials))
                .overrideConfiguration(override -> override.retryPolicy(retries()))
                .endpointOverride(endpoint)
                .build();
    }

    private static RetryPolicy retries() {
        return RetryPolicy.builder()
                .numRetries(RETRIES)
                .backoffStrategy(FullJitterBackoffStrategy.builder()
                        .baseDelay(minutes(FIRST_PAUSE_MINUTES))
                        .maxBackoffTime(minutes(LONGEST_PAUSE_MINUTES))
                        .build())
                .build();
    }

    private static Duration minutes(double minutes) {
        return Duration.ofNanos((long) (minutes * Jenkins.get().options().minuteSeconds() * 1e9));
    }

    private Region awsRegion() {
        return Region.of(region == null || region.isBlank() ? "us-east-1" : region);
    }

    private URI endpoint() {
        return altEndpoint != null && !altEndpoint.isBlank()
                ? URI.create(altEndpoint)
                : Jenkins.get().options().awsEndpoint();
    }

    private AwsCredentialsProvider identity(AwsBasicCredentials credentials) {
        AwsCredentialsProvider own = StaticCredentialsProvider.create(credentials);
        if (Util.fixEmptyAndTrim(roleArn) == null) {
            return own;
        }
        var sts = StsClient.builder().httpClient(AwsHttp.CLIENT).region(awsRegion()).credentialsProvider(own);
        URI endpoint = Jenkins.get().options().awsEndpoint();
        String session = Util.fixEmptyAndTrim(roleSessionName) == null ? "Jenkins" : roleSessionName;
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient((endpoint == null ? sts : sts.endpointOverride(endpoint)).build())
                .refreshRequest(request -> request.roleArn(roleArn).roleSessionName(session))
                .build();
    }

    private AwsBasicCredentials credentials() {
        AWSCredentialsImpl key = instanceProfile ? null : find(AWSCredentialsImpl.class, credentialsId);
        if (key != null) {
            return AwsBasicCredentials.create(key.getAccessKey(), key.getSecretKey().getPlainText());
        }
        var machine = Jenkins.get().options().machineIdentity();
        if (machine == null) {
            // The SDK would ask the instance metadata service, which is an address that belongs to nobody here.
            throw SdkClientException.create("Unable to load credentials from any of the providers in the chain"
                    + " (stand-in: the machine has no identity; see machineIdentity)");
        }
        return AwsBasicCredentials.create(machine.accessKeyId(), machine.secretAccessKey());
    }

    /** The key to log in with, null where the credential does not exist. */
    public EC2PrivateKey privateKey() {
        SSHUserPrivateKey credential = find(SSHUserPrivateKey.class, sshKeysCredentialsId);
        return credential == null ? null : new EC2PrivateKey(credential.getPrivateKey());
    }

    private static <C extends Credentials> C find(Class<C> type, String id) {
        return CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentials(type), CredentialsMatchers.withId(id));
    }
}

package standin.agents;

import hudson.plugins.ec2.EC2AbstractSlave;
import hudson.plugins.ec2.EC2OndemandSlave;
import hudson.plugins.ec2.EC2PrivateKey;
import hudson.plugins.ec2.EC2SpotSlave;
import hudson.plugins.ec2.StandInCloud;
import hudson.plugins.ec2.StandInTemplate;
import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.SpotInstanceRequest;
import standin.aws.CloudConnection;
import standin.aws.ConnectionTest;
import standin.generation.GeneratedObject;

/** One new instance of a template: on demand, or by a spot request. */
final class Launch {
    /** How often and how long the plugin looks at a spot request before it falls back to on-demand. */
    private static final int SPOT_LOOKS = 2;

    private static final long SPOT_LOOK_MILLIS = 5_000;

    private final Ec2Client ec2;
    private final StandInCloud cloud;
    private final StandInTemplate template;
    private final Object spot;

    Launch(StandInCloud cloud, StandInTemplate template) {
        this.ec2 = CloudConnection.of(cloud).client();
        this.cloud = cloud;
        this.template = template;
        this.spot = GeneratedObject.find(template, "spotConfig");
    }

    EC2AbstractSlave run() {
        InstanceRequest request = new InstanceRequest(ec2, template, keyName());
        return spot == null ? onDemand(request) : onSpot(request);
    }

    private String keyName() {
        EC2PrivateKey key = cloud.resolvePrivateKey();
        try {
            return ConnectionTest.find(ec2, key).orElseThrow(Launch::noKeyPair).keyName();
        } catch (IOException | NullPointerException problem) {
            throw noKeyPair();
        }
    }

    private static SdkException noKeyPair() {
        return SdkClientException.create("No matching keypair found on EC2. Is the EC2 private key a valid one?");
    }

    private EC2AbstractSlave onDemand(InstanceRequest request) {
        String instanceId = ec2.runInstances(request.onDemand()).instances().get(0).instanceId();
        return new EC2OndemandSlave(template, instanceId);
    }

    private EC2AbstractSlave onSpot(InstanceRequest request) {
        boolean fallback = Boolean.TRUE.equals(GeneratedObject.find(spot, "fallbackToOndemand"));
        SpotInstanceRequest made;
        try {
            made = ec2.requestSpotInstances(request.spot(spot)).spotInstanceRequests().get(0);
        } catch (SdkException problem) {
            if (fallback) {
                return onDemand(request);
            }
            throw problem;
        }
        if (fallback && !fulfilled(made.spotInstanceRequestId())) {
            ec2.cancelSpotInstanceRequests(cancel -> cancel.spotInstanceRequestIds(made.spotInstanceRequestId()));
            return onDemand(request);
        }
        return new EC2SpotSlave(template, made.spotInstanceRequestId());
    }

    private boolean fulfilled(String requestId) {
        for (int look = 0; ; look++) {
            List<SpotInstanceRequest> found = ec2.describeSpotInstanceRequests(
                    request -> request.spotInstanceRequestIds(requestId)).spotInstanceRequests();
            if (!found.isEmpty() && found.get(0).instanceId() != null) {
                return true;
            }
            if (look == SPOT_LOOKS) {
                return false;
            }
            try {
                Thread.sleep(SPOT_LOOK_MILLIS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}

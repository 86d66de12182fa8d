package standin.agents;

import hudson.plugins.ec2.EC2AbstractSlave;
import hudson.plugins.ec2.EC2SpotSlave;
import hudson.plugins.ec2.StandInCloud;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.SpotInstanceRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import standin.aws.CloudConnection;

/** What the stand-in does with an agent's instance. It asks the EC2 API only: nothing ever connects to an instance. */
public final class Instances {
    private static final Logger LOGGER = Logger.getLogger(Instances.class.getName());

    private Instances() {}

    /** "pending", "running", "stopped", …; "missing" where EC2 knows no such instance, "unknown" where the cloud is gone. */
    public static String state(EC2AbstractSlave agent) {
        StandInCloud cloud = agent.getCloud();
        if (cloud == null) {
            return "unknown";
        }
        Ec2Client ec2 = CloudConnection.of(cloud).client();
        if (agent.instanceId == null && !resolveSpot(ec2, agent)) {
            return "pending";
        }
        try {
            List<Instance> found = ec2.describeInstances(request -> request.instanceIds(agent.instanceId))
                    .reservations().stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .toList();
            return found.isEmpty() ? "missing" : found.get(0).state().nameAsString();
        } catch (Ec2Exception problem) {
            if ("InvalidInstanceID.NotFound".equals(problem.awsErrorDetails().errorCode())) {
                return "missing";
            }
            throw problem;
        }
    }

    /** A spot agent gets its instance once the request is fulfilled ({@code EC2SpotSlave.getInstanceId}). */
    private static boolean resolveSpot(Ec2Client ec2, EC2AbstractSlave agent) {
        EC2SpotSlave spot = (EC2SpotSlave) agent;
        spotRequest(ec2, spot).map(SpotInstanceRequest::instanceId).ifPresent(instanceId -> {
            agent.instanceId = instanceId;
            if (Behaviour.TAGS_SPOT_AT_ONCE.applies()) {
                tag(ec2, spot.getTags(), List.of(instanceId));
            }
        });
        return agent.instanceId != null;
    }

    /** Empty also where EC2 refuses to say, as in the plugin. */
    static Optional<SpotInstanceRequest> spotRequest(Ec2Client ec2, EC2SpotSlave agent) {
        String id = agent.getSpotInstanceRequestId();
        try {
            return ec2.describeSpotInstanceRequests(request -> request.spotInstanceRequestIds(id))
                    .spotInstanceRequests().stream().findFirst();
        } catch (SdkException problem) {
            LOGGER.log(Level.WARNING, "Failed to fetch spot instance request for requestId: " + id, problem);
            return Optional.empty();
        }
    }

    /** A spot agent that connects tags its instance and the volumes of it ({@code EC2SpotSlave.onConnected}). */
    static void connected(EC2AbstractSlave agent) {
        if (agent instanceof EC2SpotSlave spot) {
            act(agent, "tag", ec2 -> {
                List<String> resources = new ArrayList<>(List.of(agent.instanceId));
                ec2.describeInstances(request -> request.instanceIds(agent.instanceId)).reservations().stream()
                        .flatMap(reservation -> reservation.instances().stream())
                        .flatMap(instance -> instance.blockDeviceMappings().stream())
                        .forEach(device -> resources.add(device.ebs().volumeId()));
                tag(ec2, spot.getTags(), resources);
            });
        }
    }

    /** A refusal is logged. */
    static void tag(Ec2Client ec2, Map<String, String> tags, List<String> resources) {
        try {
            ec2.createTags(request -> request.resources(resources).tags(tagsOf(tags)));
        } catch (SdkException problem) {
            LOGGER.log(Level.WARNING, "Cannot tag " + resources, problem);
        }
    }

    static List<Tag> tagsOf(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    /**
     * Ends the instance.
     *
     * @return whether the plugin then removes the agent: an on-demand one stays where AWS refuses ({@code
     *     EC2OndemandSlave.terminate}), a spot one goes, and its instance runs on ({@code EC2SpotSlave.terminate})
     */
    public static boolean terminate(EC2AbstractSlave agent) {
        if (agent instanceof EC2SpotSlave spot) {
            act(agent, "cancel", ec2 -> ec2.cancelSpotInstanceRequests(
                    request -> request.spotInstanceRequestIds(spot.getSpotInstanceRequestId())));
        }
        boolean ended = agent.instanceId == null
                || act(agent, "terminate", ec2 -> ec2.terminateInstances(request -> request.instanceIds(agent.instanceId)));
        return ended || agent instanceof EC2SpotSlave;
    }

    /** @return whether EC2 took it; the agent goes on where not ({@code EC2AbstractSlave.stop}) */
    static boolean stop(EC2AbstractSlave agent) {
        return act(agent, "stop", ec2 -> ec2.stopInstances(request -> request.instanceIds(agent.instanceId)));
    }

    private interface Action {
        void on(Ec2Client ec2);
    }

    /** Whether it was done; a failure is logged. */
    private static boolean act(EC2AbstractSlave agent, String verb, Action action) {
        StandInCloud cloud = agent.getCloud();
        if (cloud == null) {
            LOGGER.log(Level.WARNING, "Cannot {0} {1}: its cloud is gone", new Object[] {verb, agent.getNodeName()});
            return false;
        }
        try {
            action.on(CloudConnection.of(cloud).client());
            return true;
        } catch (SdkException problem) {
            LOGGER.log(Level.WARNING, "Cannot " + verb + " " + agent.getNodeName(), problem);
            return false;
        }
    }
}

package standin.agents;

import hudson.plugins.ec2.EC2AbstractSlave;
import hudson.plugins.ec2.EC2SpotSlave;
import hudson.plugins.ec2.StandInCloud;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;
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

    /** A spot agent gets its instance once the request is fulfilled. */
    private static boolean resolveSpot(Ec2Client ec2, EC2AbstractSlave agent) {
        String requestId = ((EC2SpotSlave) agent).getSpotInstanceRequestId();
        var requests = ec2.describeSpotInstanceRequests(request -> request.spotInstanceRequestIds(requestId))
                .spotInstanceRequests();
        if (!requests.isEmpty() && requests.get(0).instanceId() != null) {
            agent.instanceId = requests.get(0).instanceId();
        }
        return agent.instanceId != null;
    }

    public static void terminate(EC2AbstractSlave agent) {
        act(agent, "terminate", ec2 -> {
            if (agent instanceof EC2SpotSlave spot) {
                ec2.cancelSpotInstanceRequests(
                        request -> request.spotInstanceRequestIds(spot.getSpotInstanceRequestId()));
            }
            if (agent.instanceId != null) {
                ec2.terminateInstances(request -> request.instanceIds(agent.instanceId));
            }
        });
    }

    public static void stop(EC2AbstractSlave agent) {
        act(agent, "stop", ec2 -> ec2.stopInstances(request -> request.instanceIds(agent.instanceId)));
    }

    public static void start(EC2AbstractSlave agent) {
        act(agent, "start", ec2 -> ec2.startInstances(request -> request.instanceIds(agent.instanceId)));
    }

    private interface Action {
        void on(Ec2Client ec2);
    }

    /** A failure is logged and the agent's affair ends: the plugin does not keep an agent for it either. */
    private static void act(EC2AbstractSlave agent, String verb, Action action) {
        StandInCloud cloud = agent.getCloud();
        if (cloud == null) {
            LOGGER.log(Level.WARNING, "Cannot {0} {1}: its cloud is gone", new Object[] {verb, agent.getNodeName()});
            return;
        }
        try {
            action.on(CloudConnection.of(cloud).client());
        } catch (SdkException problem) {
            LOGGER.log(Level.WARNING, "Cannot " + verb + " " + agent.getNodeName(), problem);
        }
    }
}

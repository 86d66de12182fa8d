package standin.agents;

import hudson.plugins.ec2.EC2AbstractSlave;
import hudson.plugins.ec2.EC2Computer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import jenkins.model.Jenkins;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** One agent's life: launched by EC2's word, used, then stopped or terminated once idle, used up or lost. */
final class Retirement {
    private static final int MINUTES_OF_BILLING_HOUR = 60;
    private static final Set<String> LOST = Set.of("terminated", "shutting-down", "missing");

    private final double minuteSeconds;

    /** @param minuteSeconds how long a minute of the plugin lasts here */
    Retirement(double minuteSeconds) {
        this.minuteSeconds = minuteSeconds;
    }

    void look(EC2Computer agent) {
        if (agent.isConnecting()) {
            launch(agent);
        } else if (agent.endBuilds() > 0 && !agent.isAcceptingTasks() && agent.isIdle()) {
            retire(agent, "its uses are used up", true);
        } else if (agent.isOnline() && agent.isIdle() && idleLongEnough(agent) && !MinimumInstances.protect(agent)) {
            retire(agent, "idle", !agent.getNode().stopOnTerminate);
        }
    }

    private void launch(EC2Computer agent) {
        EC2AbstractSlave node = agent.getNode();
        String state = Instances.state(node);
        if (state.equals("running")) {
            agent.logLine("The instance " + node.instanceId + " is running, says EC2. The stand-in connects to nothing:"
                    + " the agent counts as online.");
            HostKeyCheck.ask(agent);
            Instances.connected(node);
            agent.launched(true);
        } else if (LOST.contains(state)) {
            agent.logLine("The instance is " + state);
            remove(agent);
        } else if (state.equals("stopped")) {
            // An agent that was stopped before Jenkins restarted stays so until a build wants it.
            agent.launched(false);
        } else if (System.currentTimeMillis() - node.createdTime > node.launchTimeout * 1000L
                && !MinimumInstances.protect(agent)) {
            agent.logLine("Timed out after " + node.launchTimeout + " seconds of launching");
            retire(agent, "launch timeout", true);
        }
    }

    /** Counts a use, as the plugin does when a build is taken: negative is without limit, the last one closes the agent. */
    void accepted(EC2Computer agent) {
        EC2AbstractSlave node = agent.getNode();
        if (node.maxTotalUses < 0) {
            return;
        }
        if (node.maxTotalUses <= 1) {
            agent.setAcceptingTasks(false);
        } else {
            node.maxTotalUses--;
        }
    }

    /** Zero is never; negative is so many minutes before the end of the billing hour. */
    private boolean idleLongEnough(EC2Computer agent) {
        int minutes = parse(agent.getNode().idleTerminationMinutes);
        if (minutes == 0) {
            return false;
        }
        if (minutes > 0) {
            return minutesSince(agent.getIdleStartMilliseconds()) >= minutes;
        }
        double intoHour = minutesSince(agent.getNode().createdTime) % MINUTES_OF_BILLING_HOUR;
        return intoHour >= MINUTES_OF_BILLING_HOUR + minutes;
    }

    private double minutesSince(long millis) {
        return (System.currentTimeMillis() - millis) / 1000.0 / minuteSeconds;
    }

    private static int parse(String minutes) {
        return minutes == null || minutes.isBlank() ? 0 : Integer.parseInt(minutes.trim());
    }

    /** A failed stop leaves the agent as it is; of a failed end see {@link Instances#terminate}. */
    private void retire(EC2Computer agent, String reason, boolean terminate) {
        agent.logLine((terminate ? "Terminating" : "Stopping") + ": " + reason);
        if (!terminate) {
            if (Instances.stop(agent.getNode())) {
                agent.launched(false);
            }
        } else if (Instances.terminate(agent.getNode())) {
            remove(agent);
        }
    }

    private static void remove(EC2Computer agent) {
        try {
            Jenkins.get().removeNode(agent.getNode());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /**
     * Every ten minutes ({@code EC2SlaveMonitor}): the end of agents whose instance is gone, and of those that EC2 does not
     * answer for, whatever the reason; their instances run on.
     */
    void monitor(EC2Computer agent) {
        try {
            if (agent.getNode().instanceId != null && LOST.contains(Instances.state(agent.getNode()))) {
                remove(agent);
            }
        } catch (Ec2Exception problem) {
            if (!"RequestExpired".equals(problem.awsErrorDetails().errorCode())) {
                agent.logLine("EC2 instance is dead and failed to terminate: " + problem.getMessage());
                remove(agent);
            }
        }
    }
}

package standin.agents;

import hudson.plugins.ec2.EC2Computer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import jenkins.model.Jenkins;

/** One agent's life: online as soon as EC2 reports its instance as running, stopped or terminated once idle for its time. */
final class AgentLife {
    private static final Set<String> LOST = Set.of("terminated", "shutting-down", "missing");

    private final double minuteSeconds;

    /** @param minuteSeconds how long a minute of the plugin lasts here */
    AgentLife(double minuteSeconds) {
        this.minuteSeconds = minuteSeconds;
    }

    void look(EC2Computer agent) {
        if (agent.isConnecting()) {
            launch(agent);
        } else if (agent.isOnline() && agent.isIdle() && idleLongEnough(agent)) {
            retire(agent);
        }
    }

    private static void launch(EC2Computer agent) {
        String state = agent.getNode().instanceState();
        if (state.equals("running")) {
            agent.logLine("EC2 reports the instance " + agent.getInstanceId() + " as running. The stand-in connects to"
                    + " nothing: the agent counts as online.");
            agent.launched(true);
        } else if (LOST.contains(state)) {
            agent.logLine("The instance is " + state);
            remove(agent);
        } else if (state.equals("stopped")) {
            // An agent that was stopped before Jenkins restarted stays stopped until a build needs it.
            agent.launched(false);
        }
    }

    /** Zero means never. Negative values (minutes before the end of the billing hour) are taken for never here. */
    private boolean idleLongEnough(EC2Computer agent) {
        String text = agent.getNode().idleTerminationMinutes;
        int minutes = text == null || text.isBlank() ? 0 : Integer.parseInt(text.trim());
        double idle = (System.currentTimeMillis() - agent.getIdleStartMilliseconds()) / 1000.0 / minuteSeconds;
        return minutes > 0 && idle >= minutes;
    }

    private static void retire(EC2Computer agent) {
        try {
            if (!agent.getNode().stopOnTerminate) {
                agent.logLine("Terminating: idle");
                agent.getNode().terminate();
            } else if (agent.getNode().stop()) {
                agent.logLine("Stopped: idle");
                agent.launched(false);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static void remove(EC2Computer agent) {
        try {
            Jenkins.get().removeNode(agent.getNode());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}

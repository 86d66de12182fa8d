package standin.agents;

import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.labels.LabelAtom;
import hudson.plugins.ec2.EC2AbstractSlave;
import hudson.plugins.ec2.StandInCloud;
import hudson.plugins.ec2.StandInTemplate;
import hudson.slaves.NodeProvisioner.PlannedNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import software.amazon.awssdk.core.exception.SdkException;
import standin.generation.GeneratedObject;

/** Gives agents within the caps ({@code EC2Cloud.provision}, {@code getNewOrExistingAvailableSlave}). */
public final class Provisioning {
    private static final Logger LOGGER = Logger.getLogger(Provisioning.class.getName());

    private Provisioning() {}

    /**
     * Agents for a number of waiting builds of a label (null: none). Templates are asked in their order. Up to 2045 the
     * next one is asked where one gives nothing, whatever the reason, and unless the workload comes out even.
     *
     * @return what was planned; the future of an agent that did not come about has null
     */
    public static List<PlannedNode> forLabel(StandInCloud cloud, LabelAtom label, int workload) {
        List<PlannedNode> planned = new ArrayList<>();
        boolean plansFirst = Behaviour.PLANS_BEFORE_LAUNCH.applies();
        int excess = workload;
        for (StandInTemplate template : cloud.getTemplates(label)) {
            int executors = GeneratedObject.getInt(template, "numExecutors");
            int wanted = Math.max(excess / executors, 1);
            if (Behaviour.PASSES_OVER_FULL_TEMPLATES.applies()) {
                wanted = Math.min(wanted, possible(cloud, template));
                if (wanted <= 0) {
                    continue;
                }
            }
            List<EC2AbstractSlave> agents = orNone(cloud, template, wanted);
            int counted = plansFirst ? wanted : agents.size();
            for (int i = 0; i < counted; i++) {
                Node agent = i < agents.size() ? agents.get(i) : null;
                planned.add(new PlannedNode(
                        template.getDisplayName(), CompletableFuture.completedFuture(agent), executors));
            }
            excess -= counted * executors;
            if (plansFirst ? excess <= 0 : excess == 0) {
                break;
            }
        }
        return planned;
    }

    private static int possible(StandInCloud cloud, StandInTemplate template) {
        synchronized (cloud) {
            try {
                return new Capacity(cloud).of(template);
            } catch (SdkException problem) {
                LOGGER.log(Level.WARNING, template.description() + ". Exception checking capacity", problem);
                return 0;
            }
        }
    }

    /** As many agents as there may be, none where AWS refuses, which is logged. */
    static List<EC2AbstractSlave> orNone(StandInCloud cloud, StandInTemplate template, int wanted) {
        try {
            List<EC2AbstractSlave> agents = agents(cloud, template, wanted);
            if (!agents.isEmpty()) {
                cloud.forgetCounts();
            }
            return agents;
        } catch (SdkException problem) {
            LOGGER.log(Level.WARNING, template.description() + ". Exception during provisioning", problem);
            return List.of();
        }
    }

    /** At most so many agents of a template; none where a cap is reached. */
    public static List<EC2AbstractSlave> agents(StandInCloud cloud, StandInTemplate template, int wanted) {
        synchronized (cloud) {
            int possible = new Capacity(cloud).of(template);
            if (possible <= 0) {
                return List.of();
            }
            List<EC2AbstractSlave> agents = new Launch(cloud, template).run(Math.min(wanted, possible));
            agents.forEach(Provisioning::attach);
            return agents;
        }
    }

    /** A stopped instance's agent is there already. */
    private static void attach(EC2AbstractSlave agent) {
        Computer known = Jenkins.get().getComputer(agent.getNodeName());
        if (known != null) {
            known.logLine("Starting the stopped instance " + agent.instanceId);
            known.launching();
            return;
        }
        try {
            Jenkins.get().addNode(agent);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        agent.toComputer().logLine("Launched " + agent.getNodeName() + " for template " + agent.templateDescription);
    }
}

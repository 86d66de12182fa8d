package standin.agents;

import hudson.model.Computer;
import hudson.model.labels.LabelAtom;
import hudson.plugins.ec2.EC2AbstractSlave;
import hudson.plugins.ec2.EC2Computer;
import hudson.plugins.ec2.StandInCloud;
import hudson.plugins.ec2.StandInTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** Gives agents within the caps: a stopped instance of the template is started again before a new one is made. */
public final class Provisioning {
    private Provisioning() {}

    /** Agents for a number of waiting builds of a label (null: none). */
    public static List<EC2AbstractSlave> forLabel(StandInCloud cloud, LabelAtom label, int workload) {
        List<EC2AbstractSlave> agents = new ArrayList<>();
        int left = workload;
        for (StandInTemplate template : cloud.getTemplates(label)) {
            while (left > 0) {
                Optional<EC2AbstractSlave> agent = one(cloud, template);
                if (agent.isEmpty()) {
                    break;
                }
                agents.add(agent.get());
                left -= agent.get().getNumExecutors();
            }
        }
        return agents;
    }

    /** One agent of a template, empty where a cap is reached. */
    public static synchronized Optional<EC2AbstractSlave> one(StandInCloud cloud, StandInTemplate template) {
        Optional<EC2Computer> stopped = of(cloud)
                .filter(computer -> computer.getNode().templateDescription.equals(template.description()))
                .filter(computer -> computer.isOffline() && !computer.isConnecting())
                .filter(computer -> Instances.state(computer.getNode()).equals("stopped"))
                .findFirst();
        if (stopped.isPresent()) {
            stopped.get().logLine("Starting the stopped instance " + stopped.get().getInstanceId());
            Instances.start(stopped.get().getNode());
            stopped.get().launching(); // after the start: a launching agent whose instance is stopped counts as left alone
            return Optional.of(stopped.get().getNode());
        }
        if (of(cloud).count() >= cloud.getInstanceCap() || ofTemplate(cloud, template) >= template.getInstanceCap()) {
            return Optional.empty();
        }
        EC2AbstractSlave agent = new Launch(cloud, template).run();
        try {
            Jenkins.get().addNode(agent);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        agent.toComputer().logLine("Launched " + agent.getNodeName() + " for template " + template.description());
        return Optional.of(agent);
    }

    private static long ofTemplate(StandInCloud cloud, StandInTemplate template) {
        return of(cloud)
                .filter(computer -> computer.getNode().templateDescription.equals(template.description()))
                .count();
    }

    private static Stream<EC2Computer> of(StandInCloud cloud) {
        return Arrays.stream((Computer[]) Jenkins.get().getComputers())
                .filter(EC2Computer.class::isInstance)
                .map(EC2Computer.class::cast)
                .filter(computer -> computer.getNode().cloudName.equals(cloud.name));
    }
}

package hudson.plugins.ec2;

import hudson.model.Computer;
import hudson.model.Label;
import hudson.slaves.Cloud;
import hudson.slaves.NodeProvisioner.PlannedNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import standin.aws.CloudConnection;
import standin.generation.GeneratedObject;

/**
 * Behind the generated {@code EC2Cloud}: what a contract does not list. In ec2 2.0.x the cloud's name in Jenkins is
 * "ec2-" and what the user calls it; later it is what the user calls it.
 */
public abstract class StandInCloud extends Cloud implements GeneratedObject.Constructed {
    private static final Logger LOGGER = Logger.getLogger(StandInCloud.class.getName());

    @Override
    public void constructed() {
        setParents();
    }

    /** XStream calls it after reading. */
    protected Object readResolve() {
        setParents();
        return this;
    }

    private void setParents() {
        if (GeneratedObject.find(this, "templates") != null) {
            templates().forEach(template -> template.parent = this);
        }
    }

    private List<StandInTemplate> templates() {
        List<StandInTemplate> templates = GeneratedObject.find(this, "templates");
        return templates == null ? List.of() : templates;
    }

    public List<StandInTemplate> getTemplates() {
        return Collections.unmodifiableList(templates());
    }

    public String getCloudName() {
        return getDisplayName();
    }

    @Override
    public String getDisplayName() {
        return CloudNaming.displayName(getClass(), name);
    }

    public int getInstanceCap() {
        String cap = GeneratedObject.find(this, "instanceCapStr");
        return cap == null || cap.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(cap);
    }

    /** The first template of that description. A template without description breaks it, as in the plugin. */
    public StandInTemplate getTemplate(String description) {
        for (StandInTemplate template : templates()) {
            if (template.description().equals(description)) {
                return template;
            }
        }
        return null;
    }

    public StandInTemplate getTemplate(Label label) {
        return getTemplates(label).stream().findFirst().orElse(null);
    }

    /** The templates that may run builds of a label; null asks for builds without one. */
    public List<StandInTemplate> getTemplates(Label label) {
        return templates().stream().filter(template -> template.accepts(label)).toList();
    }

    @Override
    public boolean canProvision(Label label) {
        return !getTemplates(label).isEmpty();
    }

    /** As many agents as the builds of a label need, of the first template that has it; fewer at a cap, or where EC2 refuses. */
    @Override
    public Collection<PlannedNode> provision(Label label, int excessWorkload) {
        StandInTemplate template = getTemplate(label);
        List<PlannedNode> planned = new ArrayList<>();
        try {
            for (int left = excessWorkload; left > 0; left -= template.executors()) {
                EC2AbstractSlave agent = provision(template);
                if (agent == null) {
                    break;
                }
                planned.add(new PlannedNode(
                        agent.getNodeName(), CompletableFuture.completedFuture(agent), template.executors()));
            }
        } catch (SdkException refused) {
            LOGGER.log(Level.WARNING, template.description() + ". Exception during provisioning", refused);
        }
        return planned;
    }

    /**
     * One agent of a template: on an instance that this controller has stopped, else on a new one. Caps count the agents
     * that this controller has of the cloud and of the template.
     *
     * @return null at a cap
     * @throws SdkException where EC2 refuses
     */
    public synchronized EC2AbstractSlave provision(StandInTemplate template) {
        Computer stopped = template.stoppedAgent();
        if (stopped != null) {
            EC2AbstractSlave agent = ((EC2Computer) stopped).getNode();
            connect().startInstances(request -> request.instanceIds(agent.instanceId));
            stopped.logLine("Starting the stopped instance " + agent.instanceId);
            stopped.launching();
            return agent;
        }
        long ofCloud = agents().count();
        long ofTemplate = template.agents().count();
        if (ofCloud >= getInstanceCap() || ofTemplate >= template.getInstanceCap()) {
            return null;
        }
        EC2AbstractSlave agent = new Launch(this, template).run();
        try {
            Jenkins.get().addNode(agent);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        agent.toComputer().logLine("Launched " + agent.getNodeName() + " for template " + template.description());
        return agent;
    }

    /** The agents that this controller has of the cloud. */
    Stream<EC2Computer> agents() {
        return Arrays.stream(Jenkins.get().getComputers())
                .filter(EC2Computer.class::isInstance)
                .map(EC2Computer.class::cast)
                .filter(agent -> agent.getNode().cloudName.equals(name));
    }

    /** How this cloud reaches EC2. */
    public CloudConnection connection() {
        return new CloudConnection(
                GeneratedObject.find(this, "altEC2Endpoint"),
                GeneratedObject.find(this, "region"),
                Boolean.TRUE.equals(GeneratedObject.find(this, "useInstanceProfileForCredentials")),
                GeneratedObject.find(this, "credentialsId"),
                GeneratedObject.find(this, "sshKeysCredentialsId"),
                GeneratedObject.find(this, "roleArn"),
                GeneratedObject.find(this, "roleSessionName"));
    }

    /** A connection to EC2 with this cloud's identity. */
    public Ec2Client connect() {
        return connection().client();
    }

    /** The key that the cloud logs in with, null where the credential does not exist. */
    public EC2PrivateKey resolvePrivateKey() {
        return connection().privateKey();
    }
}

package hudson.plugins.ec2;

import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Slave;
import hudson.slaves.Cloud;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import standin.generation.GeneratedObject;

/**
 * An agent on an EC2 instance. It knows its cloud by name and its template by description, nothing more. It asks the EC2
 * API only: nothing ever connects to an instance.
 */
public abstract class EC2AbstractSlave extends Slave {
    private static final Logger LOGGER = Logger.getLogger(EC2AbstractSlave.class.getName());

    public String instanceId;
    public String cloudName;
    public String templateDescription;
    public boolean stopOnTerminate;
    public String idleTerminationMinutes;

    protected EC2AbstractSlave(StandInTemplate template, String instanceId) {
        this.name = template.getSlaveName(instanceId);
        this.instanceId = instanceId;
        this.cloudName = template.getParent().name;
        this.templateDescription = template.description();
        this.labelString = GeneratedObject.find(template, "labelString");
        this.numExecutors = GeneratedObject.getInt(template, "numExecutors");
        this.remoteFS = GeneratedObject.find(template, "remoteFS");
        Node.Mode templateMode = GeneratedObject.find(template, "mode");
        this.mode = templateMode == null ? Node.Mode.NORMAL : templateMode;
        this.stopOnTerminate = Boolean.TRUE.equals(GeneratedObject.find(template, "stopOnTerminate"));
        this.idleTerminationMinutes = GeneratedObject.find(template, "idleTerminationMinutes");
    }

    public String getInstanceId() {
        return instanceId;
    }

    public String getCloudName() {
        return cloudName;
    }

    /** The cloud of that name now; null where it is gone or renamed. */
    public StandInCloud getCloud() {
        Cloud cloud = Jenkins.get().getCloud(cloudName);
        return cloud instanceof StandInCloud ours ? ours : null;
    }

    /** The template of that description now; null where it is gone. */
    public StandInTemplate getTemplate() {
        StandInCloud cloud = getCloud();
        return cloud == null ? null : cloud.getTemplate(templateDescription);
    }

    /** "pending", "running", "stopped", …; "missing" where EC2 knows no such instance, "unknown" where the cloud is gone. */
    public String instanceState() {
        StandInCloud cloud = getCloud();
        if (cloud == null) {
            return "unknown";
        }
        try {
            return cloud.connect().describeInstances(request -> request.instanceIds(instanceId)).reservations().stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .map(instance -> instance.state().nameAsString())
                    .findFirst()
                    .orElse("missing");
        } catch (Ec2Exception problem) {
            if ("InvalidInstanceID.NotFound".equals(problem.awsErrorDetails().errorCode())) {
                return "missing";
            }
            throw problem;
        }
    }

    /** Ends the instance and removes the agent, at once; the plugin does it in the background. Where EC2 refuses, the agent stays. */
    public void terminate() throws IOException {
        if (ask("terminate", ec2 -> ec2.terminateInstances(request -> request.instanceIds(instanceId)))) {
            Jenkins.get().removeNode(this);
        }
    }

    /** @return whether EC2 accepted it */
    public boolean stop() {
        return ask("stop", ec2 -> ec2.stopInstances(request -> request.instanceIds(instanceId)));
    }

    /** A failure is logged, as in the plugin. */
    private boolean ask(String verb, Consumer<Ec2Client> action) {
        StandInCloud cloud = getCloud();
        if (cloud == null) {
            LOGGER.log(Level.WARNING, "Cannot {0} {1}: its cloud is gone", new Object[] {verb, name});
            return false;
        }
        try {
            action.accept(cloud.connect());
            return true;
        } catch (SdkException problem) {
            LOGGER.log(Level.WARNING, "Cannot " + verb + " " + name, problem);
            return false;
        }
    }

    @Override
    public Computer createComputer() {
        return new EC2Computer(this);
    }
}

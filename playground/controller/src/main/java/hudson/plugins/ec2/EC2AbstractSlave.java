package hudson.plugins.ec2;

import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Slave;
import hudson.slaves.Cloud;
import java.io.IOException;
import jenkins.model.Jenkins;
import standin.agents.Instances;
import standin.generation.GeneratedObject;

/** An agent on an EC2 instance. It knows its cloud by name and its template by description, nothing more. */
public abstract class EC2AbstractSlave extends Slave {
    public String instanceId;
    public String cloudName;
    public String templateDescription;
    public boolean stopOnTerminate;
    public String idleTerminationMinutes;
    public int maxTotalUses;
    public int launchTimeout;
    public long createdTime = System.currentTimeMillis();

    protected EC2AbstractSlave(StandInTemplate template, String instanceId, String identifier) {
        this.name = template.getSlaveName(identifier);
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
        Integer uses = GeneratedObject.find(template, "maxTotalUses");
        this.maxTotalUses = uses == null ? -1 : uses;
        this.launchTimeout = template.getLaunchTimeout();
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

    /** Ends the instance and removes the agent, at once; the plugin does it in the background. */
    public void terminate() throws IOException {
        if (Instances.terminate(this)) {
            Jenkins.get().removeNode(this);
        }
    }

    @Override
    public Computer createComputer() {
        return new EC2Computer(this);
    }
}

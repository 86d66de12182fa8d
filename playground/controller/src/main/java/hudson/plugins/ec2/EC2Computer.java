package hudson.plugins.ec2;

import hudson.slaves.SlaveComputer;
import java.io.IOException;
import jenkins.model.Jenkins;

/** The computer of an EC2 agent. */
public class EC2Computer extends SlaveComputer {
    public EC2Computer(EC2AbstractSlave node) {
        super(node);
        launching();
    }

    @Override
    public EC2AbstractSlave getNode() {
        return (EC2AbstractSlave) super.getNode();
    }

    public String getInstanceId() {
        return getNode().getInstanceId();
    }

    public StandInCloud getCloud() {
        return getNode().getCloud();
    }

    public StandInTemplate getSlaveTemplate() {
        return getNode().getTemplate();
    }

    @Override
    public void doDoDelete() throws IOException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        getNode().terminate();
    }
}

package hudson.plugins.ec2;

import standin.generation.GeneratedObject;

/** A system that is reached by SSH. Generations of which the contract lists no getters have them from here. */
public abstract class SSHData extends AMITypeData {
    public String getRootCommandPrefix() {
        return GeneratedObject.find(this, "rootCommandPrefix");
    }

    public String getSlaveCommandPrefix() {
        return GeneratedObject.find(this, "slaveCommandPrefix");
    }

    public String getSlaveCommandSuffix() {
        return GeneratedObject.find(this, "slaveCommandSuffix");
    }

    public String getSshPort() {
        return GeneratedObject.find(this, "sshPort");
    }

    public String getBootDelay() {
        return GeneratedObject.find(this, "bootDelay");
    }
}

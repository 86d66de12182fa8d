package hudson.plugins.ec2;

/** An agent on an instance that RunInstances made. */
public class EC2OndemandSlave extends EC2AbstractSlave {
    public EC2OndemandSlave(StandInTemplate template, String instanceId) {
        super(template, instanceId);
    }
}

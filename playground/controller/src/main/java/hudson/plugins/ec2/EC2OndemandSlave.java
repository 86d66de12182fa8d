package hudson.plugins.ec2;

/** An agent on an on-demand instance. */
public class EC2OndemandSlave extends EC2AbstractSlave {
    public EC2OndemandSlave(StandInTemplate template, String instanceId) {
        super(template, instanceId, instanceId);
    }
}

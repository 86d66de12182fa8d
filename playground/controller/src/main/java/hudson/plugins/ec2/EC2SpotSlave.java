package hudson.plugins.ec2;

/** An agent on a spot instance, named by its spot request, which may not have an instance yet. */
public class EC2SpotSlave extends EC2AbstractSlave {
    private final String spotInstanceRequestId;

    public EC2SpotSlave(StandInTemplate template, String spotInstanceRequestId) {
        super(template, null, spotInstanceRequestId);
        this.spotInstanceRequestId = spotInstanceRequestId;
    }

    public String getSpotInstanceRequestId() {
        return spotInstanceRequestId;
    }
}

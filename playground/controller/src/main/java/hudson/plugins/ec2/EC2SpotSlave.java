package hudson.plugins.ec2;

import java.util.Map;

/** An agent on a spot instance, named by its spot request, which may not have an instance yet. */
public class EC2SpotSlave extends EC2AbstractSlave {
    private final String spotInstanceRequestId;
    private final Map<String, String> tags;

    /** @param tags that the instance is to have once it is there */
    public EC2SpotSlave(StandInTemplate template, String spotInstanceRequestId, Map<String, String> tags) {
        super(template, null, spotInstanceRequestId);
        this.spotInstanceRequestId = spotInstanceRequestId;
        this.tags = tags;
    }

    public Map<String, String> getTags() {
        return tags;
    }

    public String getSpotInstanceRequestId() {
        return spotInstanceRequestId;
    }
}

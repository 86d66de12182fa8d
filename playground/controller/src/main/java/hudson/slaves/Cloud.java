package hudson.slaves;

import hudson.model.AbstractDescribableImpl;
import hudson.model.labels.LabelAtom;
import hudson.slaves.NodeProvisioner.PlannedNode;
import hudson.security.Permission;
import java.util.Collection;
import java.util.List;

/** Where agents come from on demand. */
public abstract class Cloud extends AbstractDescribableImpl<Cloud> {
    public static final Permission PROVISION = new Permission("Agent", "Provision", false);

    /** Identifies the cloud in its controller. */
    public String name;

    public String getDisplayName() {
        return name;
    }

    public String getUrl() {
        return "cloud/" + name;
    }

    public boolean canProvision(LabelAtom label) {
        return false;
    }

    /** Starts agents for a waiting build's label. */
    public Collection<PlannedNode> provision(LabelAtom label, int excessWorkload) {
        return List.of();
    }
}

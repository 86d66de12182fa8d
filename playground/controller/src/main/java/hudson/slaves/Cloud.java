package hudson.slaves;

import hudson.model.AbstractDescribableImpl;
import hudson.model.Label;
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

    /** What agents are wanted for, as Jenkins has it since 2.259. A class as there: Groovy picks a method for null by superclasses. */
    public static final class CloudState {
        private final Label label;

        public CloudState(Label label, int additionalPlannedCapacity) {
            this.label = label;
        }

        public Label getLabel() {
            return label;
        }
    }

    /** @param label null asks for builds without one */
    public boolean canProvision(Label label) {
        return false;
    }

    public boolean canProvision(CloudState state) {
        return canProvision(state.getLabel());
    }

    /** Starts agents for a waiting build's label. */
    public Collection<PlannedNode> provision(Label label, int excessWorkload) {
        return List.of();
    }
}

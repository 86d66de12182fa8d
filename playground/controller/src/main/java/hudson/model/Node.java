package hudson.model;

import hudson.model.labels.LabelAtom;
import java.util.Set;

/** An agent's configuration. */
public abstract class Node {
    /** Whether builds without a label may use the agent. */
    public enum Mode {
        NORMAL,
        EXCLUSIVE
    }

    public abstract String getNodeName();

    public abstract String getLabelString();

    public abstract int getNumExecutors();

    public abstract Mode getMode();

    public abstract Computer createComputer();

    public String getDisplayName() {
        return getNodeName();
    }

    public Set<LabelAtom> getAssignedLabels() {
        return LabelAtom.parse(getLabelString());
    }

    public Computer toComputer() {
        return jenkins.model.Jenkins.get().getComputer(getNodeName());
    }
}

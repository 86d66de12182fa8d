package hudson.model;

import hudson.model.labels.LabelAtom;
import hudson.slaves.OfflineCause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import jenkins.model.Jenkins;

/** An agent's configuration. */
public abstract class Node {
    /** Whether builds without a label may use the agent. */
    public enum Mode {
        NORMAL,
        EXCLUSIVE
    }

    private volatile OfflineCause temporaryOfflineCause;

    public abstract String getNodeName();

    public abstract String getLabelString();

    public abstract int getNumExecutors();

    public abstract Mode getMode();

    public abstract Computer createComputer();

    public String getDisplayName() {
        return getNodeName();
    }

    /** Its labels, and its name. */
    public Set<LabelAtom> getAssignedLabels() {
        Set<LabelAtom> labels = LabelAtom.parse(getLabelString());
        labels.add(getSelfLabel());
        return labels;
    }

    /** The label that only this agent has: its name. Its load statistics are those of the one agent. */
    public LabelAtom getSelfLabel() {
        return Jenkins.get().getLabelAtom(getNodeName());
    }

    public OfflineCause getTemporaryOfflineCause() {
        return temporaryOfflineCause;
    }

    /** Saves the agent, as in Jenkins: it stays offline over a restart. */
    public void setTemporaryOfflineCause(OfflineCause cause) {
        temporaryOfflineCause = cause;
        try {
            Jenkins.get().updateNode(this);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    public Computer toComputer() {
        return Jenkins.get().getComputer(getNodeName());
    }
}

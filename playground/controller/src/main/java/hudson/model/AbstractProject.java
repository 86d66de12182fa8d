package hudson.model;

import jenkins.model.Jenkins;

/** A job that may ask for a label, and whose builds name their agent. */
public abstract class AbstractProject extends Job {
    private String assignedLabel;

    protected AbstractProject(String name) {
        super(name);
    }

    public String getAssignedLabelString() {
        return assignedLabel;
    }

    public Label getAssignedLabel() {
        return assignedLabel == null ? null : Jenkins.get().getLabel(assignedLabel);
    }

    public void setAssignedLabel(Label label) {
        assignedLabel = label == null ? null : label.getExpression();
    }
}

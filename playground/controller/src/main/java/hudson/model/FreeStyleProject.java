package hudson.model;

import jenkins.model.Jenkins;

/** A job with a label. */
public class FreeStyleProject extends Job {
    private String assignedLabel;

    public FreeStyleProject(String name) {
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

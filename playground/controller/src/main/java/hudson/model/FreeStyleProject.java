package hudson.model;

/** A job that is built as one step after another. */
public class FreeStyleProject extends AbstractProject {
    public FreeStyleProject(String name) {
        super(name);
    }
}

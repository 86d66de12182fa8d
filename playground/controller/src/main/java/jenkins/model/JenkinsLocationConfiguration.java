package jenkins.model;

/** Where users reach the controller. */
public final class JenkinsLocationConfiguration {
    private JenkinsLocationConfiguration() {}

    public static JenkinsLocationConfiguration get() {
        return new JenkinsLocationConfiguration();
    }

    public String getUrl() {
        return Jenkins.get().getRootUrl();
    }
}

package jenkins.model;

import hudson.Util;
import java.io.IOException;
import standin.ConfigFile;

/** Where users reach the controller: "Jenkins URL" in Manage Jenkins, System. Set here unless someone takes it away. */
public final class JenkinsLocationConfiguration {
    private static volatile JenkinsLocationConfiguration instance;

    private String jenkinsUrl;

    static void load() throws IOException {
        instance = file().read() instanceof JenkinsLocationConfiguration saved ? saved : set(Jenkins.get().ownUrl());
    }

    private static JenkinsLocationConfiguration set(String url) {
        JenkinsLocationConfiguration location = new JenkinsLocationConfiguration();
        location.setUrl(url);
        return location;
    }

    public static JenkinsLocationConfiguration get() {
        return instance;
    }

    /** Ends in a slash; null where none is set. */
    public String getUrl() {
        return jenkinsUrl;
    }

    public void setUrl(String url) {
        String given = Util.fixEmptyAndTrim(url);
        jenkinsUrl = given == null || given.endsWith("/") ? given : given + "/";
    }

    public void save() throws IOException {
        file().write(this);
    }

    private static ConfigFile file() {
        return new ConfigFile(
                Jenkins.get().getRootDir().toPath().resolve(JenkinsLocationConfiguration.class.getName() + ".xml"),
                Jenkins.XSTREAM2);
    }
}

package hudson;

import hudson.util.VersionNumber;

/** An installed plugin. */
public record PluginWrapper(String shortName, String longName, String version, boolean active) {
    public String getShortName() {
        return shortName;
    }

    public String getLongName() {
        return longName;
    }

    public String getDisplayName() {
        return longName;
    }

    public String getVersion() {
        return version;
    }

    public VersionNumber getVersionNumber() {
        return new VersionNumber(version);
    }

    public boolean isActive() {
        return active;
    }

    public boolean isEnabled() {
        return true;
    }
}

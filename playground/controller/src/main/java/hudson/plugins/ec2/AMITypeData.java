package hudson.plugins.ec2;

import hudson.model.AbstractDescribableImpl;
import standin.generation.GeneratedObject;

/** The kind of an image's system. Its subclasses are generated. */
public abstract class AMITypeData extends AbstractDescribableImpl<AMITypeData> {
    public boolean isUnix() {
        return named("UnixData");
    }

    public boolean isMac() {
        return named("MacData");
    }

    public boolean isWindows() {
        return named("WindowsData") || named("WindowsSSHData");
    }

    public boolean isSSHAgent() {
        return !named("WindowsData");
    }

    public boolean isWinRMAgent() {
        return named("WindowsData");
    }

    public String getDisplayName() {
        return getClass().getSimpleName();
    }

    /** Milliseconds to wait before the first connection, 0 where no number is set. */
    public int getBootDelayInMillis() {
        String seconds = GeneratedObject.find(this, "bootDelay");
        try {
            return Integer.parseInt(seconds) * 1000;
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    private boolean named(String simpleName) {
        return getClass().getSimpleName().equals(simpleName);
    }
}

package hudson.plugins.ec2;

import hudson.model.AbstractDescribableImpl;

/** The kind of an image's system. Its subclasses are generated. */
public abstract class AMITypeData extends AbstractDescribableImpl<AMITypeData> {
    public boolean isSSHAgent() {
        return !named("WindowsData");
    }

    public String getDisplayName() {
        return getClass().getSimpleName();
    }

    private boolean named(String simpleName) {
        return getClass().getSimpleName().equals(simpleName);
    }
}

package hudson.model;

import jenkins.model.Jenkins;

/** Something that a form configures. */
public interface Describable<T> {
    default Descriptor<?> getDescriptor() {
        return Jenkins.get().getDescriptor(getClass());
    }
}

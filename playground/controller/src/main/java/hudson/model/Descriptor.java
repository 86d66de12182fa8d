package hudson.model;

/** Metadata of a describable class. */
public class Descriptor<T> {
    public final transient Class<? extends T> clazz;

    public Descriptor(Class<? extends T> clazz) {
        this.clazz = clazz;
    }

    public String getId() {
        return clazz.getName();
    }

    public String getDisplayName() {
        return clazz.getSimpleName();
    }
}

package hudson.model;

/** Base of the plugin's small data classes. */
public abstract class AbstractDescribableImpl<T> implements Describable<T> {}

package hudson.model;

/** What Jenkins has below labels: Groovy picks a method for null by the number of superclasses. */
public abstract class Actionable {}

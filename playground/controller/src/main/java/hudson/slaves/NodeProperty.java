package hudson.slaves;

import hudson.model.Describable;

/** A property of an agent: environment variables, tool locations. */
public abstract class NodeProperty<N> implements Describable<NodeProperty<?>> {}

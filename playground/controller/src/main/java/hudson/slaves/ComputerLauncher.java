package hudson.slaves;

/** How an agent is started. The stand-in starts none: a permanent agent is online from the first. */
public abstract class ComputerLauncher {}

package hudson.slaves;

/** The agent connects by itself (inbound). */
public class JNLPLauncher extends ComputerLauncher {}

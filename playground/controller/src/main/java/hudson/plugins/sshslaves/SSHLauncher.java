package hudson.plugins.sshslaves;

import hudson.slaves.ComputerLauncher;

/** The controller logs in to the agent's machine. */
public class SSHLauncher extends ComputerLauncher {
    private final String host;
    private final int port;

    public SSHLauncher(String host, int port) {
        this.host = host;
        this.port = port;
    }

    public String getHost() {
        return host;
    }

    public int getPort() {
        return port;
    }
}

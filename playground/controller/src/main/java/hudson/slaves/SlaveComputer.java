package hudson.slaves;

import hudson.model.Computer;
import hudson.model.Node;

/** The computer of an agent. */
public abstract class SlaveComputer extends Computer {
    protected SlaveComputer(Node node) {
        super(node);
    }
}

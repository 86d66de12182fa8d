package hudson.slaves;

import hudson.model.Node;
import java.util.concurrent.Future;

/** Holds {@link PlannedNode}, as in Jenkins. */
public final class NodeProvisioner {
    private NodeProvisioner() {}

    /** An agent that a cloud is about to give. */
    public static class PlannedNode {
        public final String displayName;
        public final Future<Node> future;
        public final int numExecutors;

        public PlannedNode(String displayName, Future<Node> future, int numExecutors) {
            this.displayName = displayName;
            this.future = future;
            this.numExecutors = numExecutors;
        }
    }
}

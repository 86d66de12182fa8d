package hudson.model;

import hudson.slaves.OfflineCause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jenkins.model.Jenkins;

/** A running (or launching) agent. */
public abstract class Computer {
    private final Node node;
    private final List<Executor> executors = new ArrayList<>();
    private final StringBuffer log = new StringBuffer();
    private volatile boolean online;
    private volatile boolean launching;
    private volatile boolean acceptingTasks = true;
    private volatile long idleSince = System.currentTimeMillis();

    protected Computer(Node node) {
        this.node = node;
        for (int i = 0; i < node.getNumExecutors(); i++) {
            executors.add(new Executor(i));
        }
    }

    public String getName() {
        return node.getNodeName();
    }

    public String getDisplayName() {
        return node.getDisplayName();
    }

    public Node getNode() {
        return node;
    }

    public String getUrl() {
        return "computer/" + getName() + "/";
    }

    public List<Executor> getExecutors() {
        return executors;
    }

    public int getNumExecutors() {
        return executors.size();
    }

    public int countExecutors() {
        return executors.size();
    }

    public int countBusy() {
        return (int) executors.stream().filter(Executor::isBusy).count();
    }

    public int countIdle() {
        return executors.size() - countBusy();
    }

    public boolean isIdle() {
        return countBusy() == 0;
    }

    public boolean isOnline() {
        return online && !isTemporarilyOffline();
    }

    public boolean isOffline() {
        return !isOnline();
    }

    public boolean isConnecting() {
        return launching;
    }

    public boolean isLaunching() {
        return launching;
    }

    public boolean isTemporarilyOffline() {
        return node.getTemporaryOfflineCause() != null;
    }

    public void setTemporarilyOffline(boolean offline, OfflineCause cause) {
        setTemporaryOfflineCause(offline ? (cause == null ? new OfflineCause.ByCLI("") : cause) : null);
    }

    public void setTemporarilyOffline(boolean offline) {
        setTemporarilyOffline(offline, null);
    }

    public void setTemporaryOfflineCause(OfflineCause cause) {
        node.setTemporaryOfflineCause(cause);
    }

    public OfflineCause getOfflineCause() {
        return node.getTemporaryOfflineCause();
    }

    public String getOfflineCauseReason() {
        return getOfflineCause() == null ? "" : getOfflineCause().toString();
    }

    public boolean isAcceptingTasks() {
        return acceptingTasks;
    }

    public void setAcceptingTasks(boolean accepting) {
        acceptingTasks = accepting;
    }

    /** When the agent became idle, in milliseconds since 1970; without an executor, as in Jenkins, the least number. */
    public long getIdleStartMilliseconds() {
        return executors.isEmpty() ? Long.MIN_VALUE : idleSince;
    }

    public String getLog() {
        return log.toString();
    }

    /** Adds a line to the launch log. */
    public void logLine(String line) {
        log.append(line).append('\n');
    }

    /** Stand-in only: the agent is being launched. */
    public void launching() {
        launching = true;
        online = false;
    }

    /** Stand-in only: the launch has ended. */
    public void launched(boolean isUp) {
        launching = false;
        online = isUp;
        idleSince = System.currentTimeMillis();
    }

    /** Takes the agent offline; its builds go on waiting. */
    public void disconnect(OfflineCause cause) {
        online = false;
        logLine("Disconnected" + (cause == null ? "" : ": " + cause));
    }

    /** Deletes the agent, and its instance where it has one. */
    public void doDoDelete() throws java.io.IOException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        Jenkins.get().removeNode(node);
    }

    /** Gives a build to an idle executor; false where there is none or the agent takes no builds. */
    public synchronized boolean run(Queue.Build build) {
        if (!isOnline() || !acceptingTasks) {
            return false;
        }
        for (Executor executor : executors) {
            if (executor.isIdle()) {
                build.agent = getName();
                build.endsAtMillis = System.currentTimeMillis() + (long) (build.seconds * 1000);
                build.state = Queue.State.RUNNING;
                executor.run(build);
                return true;
            }
        }
        return false;
    }

    /** Ends the builds whose time is over; returns how many ended. */
    public synchronized int endBuilds() {
        int ended = 0;
        for (Executor executor : executors) {
            Queue.Build build = executor.getCurrentExecutable();
            if (build != null && System.currentTimeMillis() >= build.endsAtMillis) {
                build.state = Queue.State.DONE;
                executor.free();
                idleSince = System.currentTimeMillis();
                ended++;
            }
        }
        return ended;
    }

    /** The loss of the agent fails what runs on it. */
    public synchronized void failBuilds() {
        for (Executor executor : executors) {
            Queue.Build build = executor.getCurrentExecutable();
            if (build != null) {
                build.state = Queue.State.FAILURE;
                executor.free();
            }
        }
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + getName() + ", " + Arrays.toString(executors.toArray()) + "]";
    }
}

package hudson.model;

/** An agent on another machine. */
public abstract class Slave extends Node {
    protected String name;
    protected String labelString = "";
    protected int numExecutors = 1;
    protected String remoteFS = "";
    protected Mode mode = Mode.NORMAL;

    @Override
    public String getNodeName() {
        return name;
    }

    @Override
    public String getLabelString() {
        return labelString;
    }

    @Override
    public int getNumExecutors() {
        return numExecutors;
    }

    @Override
    public Mode getMode() {
        return mode;
    }

    public String getRemoteFS() {
        return remoteFS;
    }
}

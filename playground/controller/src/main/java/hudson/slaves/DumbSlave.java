package hudson.slaves;

import hudson.model.Computer;
import hudson.model.Slave;
import java.util.ArrayList;
import java.util.List;

/** A permanent agent. */
public class DumbSlave extends Slave {
    private final ComputerLauncher launcher;
    private final ArrayList<NodeProperty<?>> nodeProperties = new ArrayList<>();

    public DumbSlave(String name, String remoteFS, ComputerLauncher launcher) {
        this.name = name;
        this.remoteFS = remoteFS;
        this.launcher = launcher;
    }

    public ComputerLauncher getLauncher() {
        return launcher;
    }

    public List<NodeProperty<?>> getNodeProperties() {
        return nodeProperties;
    }

    public void setNodeProperties(List<NodeProperty<?>> properties) {
        nodeProperties.clear();
        nodeProperties.addAll(properties);
    }

    public void setLabelString(String labels) {
        labelString = labels;
    }

    public void setNumExecutors(int executors) {
        numExecutors = executors;
    }

    public void setMode(Mode mode) {
        this.mode = mode;
    }

    @Override
    public Computer createComputer() {
        SlaveComputer computer = new SlaveComputer(this);
        computer.launched(true);
        return computer;
    }
}

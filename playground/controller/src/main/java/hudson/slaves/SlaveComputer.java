package hudson.slaves;

import hudson.model.Computer;
import hudson.model.Node;
import java.util.Map;

/** The computer of an agent. */
public class SlaveComputer extends Computer {
    private volatile Map<String, Object> monitorData = Map.of();

    protected SlaveComputer(Node node) {
        super(node);
    }

    /** What Jenkins' monitors found last, by the class of each monitor. */
    public Map<String, Object> getMonitorData() {
        return monitorData;
    }

    /** Stand-in only: no monitor runs. */
    public void setMonitorData(Map<String, Object> found) {
        monitorData = Map.copyOf(found);
    }
}

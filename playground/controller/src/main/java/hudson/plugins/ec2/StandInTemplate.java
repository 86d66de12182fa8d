package hudson.plugins.ec2;

import hudson.model.Describable;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.labels.LabelAtom;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import standin.generation.GeneratedObject;
import standin.generation.SdkInstanceTypes;

/** Behind the generated {@code SlaveTemplate}: what a contract does not list. */
public abstract class StandInTemplate implements Describable<StandInTemplate>, GeneratedObject.Constructed {
    transient StandInCloud parent;

    /** Runtime state, as the plugin writes it into config.xml. It is no configuration. */
    private int nextSubnet;

    /** Building a template asks for Overall/Administer, as the plugin's {@code readResolve} does. */
    @Override
    public void constructed() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        if (GeneratedObject.find(this, "amiType") == null) {
            GeneratedObject.set(this, "amiType", unixData());
        }
    }

    /** XStream calls it after reading: a type that an older generation wrote as a constant becomes EC2's own name. */
    protected Object readResolve() {
        if (of("type") instanceof String type) {
            GeneratedObject.set(this, "type", SdkInstanceTypes.valueOf(type));
        }
        return this;
    }

    /** What the plugin takes for a template without AMI type. */
    private Object unixData() {
        try {
            Class<?> type = Class.forName("hudson.plugins.ec2.UnixData", true, getClass().getClassLoader());
            return new DescribableModel<>(type).instantiate(Map.of());
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private <T> T of(String parameter) {
        return GeneratedObject.find(this, parameter);
    }

    public String description() {
        return of("description");
    }

    /** Its tags with a name and a value. */
    public Map<String, String> ownTags() {
        Map<String, String> named = new LinkedHashMap<>();
        List<Object> tags = of("tags");
        for (Object tag : tags == null ? List.of() : tags) {
            String name = GeneratedObject.find(tag, "name");
            String value = GeneratedObject.find(tag, "value");
            if (name != null && value != null) {
                named.put(name, value);
            }
        }
        return named;
    }

    public StandInCloud getParent() {
        return parent;
    }

    public String getDisplayName() {
        return "EC2 (" + (parent == null ? "" : parent.getDisplayName()) + ") - " + description();
    }

    /** The name of the agent on an instance. */
    public String getSlaveName(String instanceId) {
        return getDisplayName() + " (" + instanceId + ")";
    }

    /** Whether builds of the label may run here; null stands for builds without label. */
    public boolean accepts(Label label) {
        return label == null ? of("mode") != Node.Mode.EXCLUSIVE : label.matches(getLabelSet());
    }

    public Set<LabelAtom> getLabelSet() {
        return LabelAtom.parse(of("labelString"));
    }

    public int getInstanceCap() {
        return number("instanceCapStr");
    }

    private int number(String parameter) {
        String text = of(parameter);
        return text == null || text.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(text);
    }

    public Set<String> getSecurityGroupSet() {
        return separated("securityGroups");
    }

    /** The parts of a comma- or space-separated list. */
    public Set<String> separated(String parameter) {
        String text = of(parameter);
        if (text == null || text.isBlank()) {
            return Collections.emptySet();
        }
        return new LinkedHashSet<>(List.of(text.trim().split("[,;\\s]+")));
    }

    /** The subnet of the next instance: one after the other. */
    public synchronized String chooseSubnetId() {
        List<String> subnets = List.copyOf(separated("subnetId"));
        if (subnets.isEmpty()) {
            return null;
        }
        String chosen = subnets.get(nextSubnet % subnets.size());
        nextSubnet = (nextSubnet + 1) % subnets.size();
        return chosen;
    }

    int executors() {
        return GeneratedObject.getInt(this, "numExecutors");
    }

    /** The agents that this controller has of the template. */
    Stream<EC2Computer> agents() {
        return parent.agents().filter(agent -> description().equals(agent.getNode().templateDescription));
    }

    /** An agent whose instance is stopped; null where there is none. */
    EC2Computer stoppedAgent() {
        return agents()
                .filter(agent -> agent.getNode().stopOnTerminate && !agent.isOnline() && !agent.isConnecting())
                .filter(agent -> agent.getNode().instanceState().startsWith("stopp"))
                .findFirst()
                .orElse(null);
    }
}

package hudson.plugins.ec2;

import hudson.model.labels.LabelAtom;
import hudson.slaves.Cloud;
import hudson.slaves.NodeProvisioner.PlannedNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import standin.agents.Provisioning;
import standin.aws.CloudConnection;
import standin.generation.GeneratedObject;

/**
 * Behind the generated {@code EC2Cloud}: what a contract does not list. In ec2 2.0.x the cloud's name in Jenkins is
 * "ec2-" and what the user calls it; later it is what the user calls it.
 */
public abstract class StandInCloud extends Cloud implements GeneratedObject.Constructed {
    /** Runtime state, as the plugin writes it into config.xml. It is no configuration. */
    private String instanceCountCacheTimestamp = "0";
    private int cachedTotalSlaves;

    @Override
    public void constructed() {
        setParents();
    }

    /** XStream calls it after reading. */
    protected Object readResolve() {
        setParents();
        return this;
    }

    private void setParents() {
        if (GeneratedObject.find(this, "templates") != null) {
            templates().forEach(template -> template.parent = this);
        }
    }

    private List<StandInTemplate> templates() {
        List<StandInTemplate> templates = GeneratedObject.find(this, "templates");
        return templates == null ? List.of() : templates;
    }

    public List<StandInTemplate> getTemplates() {
        return Collections.unmodifiableList(templates());
    }

    public String getCloudName() {
        return getDisplayName();
    }

    @Override
    public String getDisplayName() {
        return CloudNaming.displayName(getClass(), name);
    }

    public int getInstanceCap() {
        String cap = GeneratedObject.find(this, "instanceCapStr");
        return cap == null || cap.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(cap);
    }

    /** The first template of that description. A template without description breaks it, as in the plugin. */
    public StandInTemplate getTemplate(String description) {
        for (StandInTemplate template : templates()) {
            if (template.description().equals(description)) {
                return template;
            }
        }
        return null;
    }

    public StandInTemplate getTemplate(LabelAtom label) {
        return getTemplates(label).stream().findFirst().orElse(null);
    }

    /** The templates that may run builds of a label; null asks for builds without one. */
    public List<StandInTemplate> getTemplates(LabelAtom label) {
        return templates().stream().filter(template -> template.accepts(label)).toList();
    }

    public void addTemplate(StandInTemplate template) {
        List<StandInTemplate> changed = new ArrayList<>(templates());
        template.parent = this;
        changed.add(template);
        GeneratedObject.set(this, "templates", changed);
    }

    @Override
    public boolean canProvision(LabelAtom label) {
        return !getTemplates(label).isEmpty();
    }

    @Override
    public Collection<PlannedNode> provision(LabelAtom label, int excessWorkload) {
        List<PlannedNode> planned = new ArrayList<>();
        for (EC2AbstractSlave agent : Provisioning.forLabel(this, label, excessWorkload)) {
            planned.add(new PlannedNode(
                    agent.getDisplayName(), CompletableFuture.completedFuture(agent), agent.getNumExecutors()));
        }
        cachedTotalSlaves += planned.size();
        return planned;
    }

    /** A connection to EC2 with this cloud's identity. */
    public software.amazon.awssdk.services.ec2.Ec2Client connect() {
        return CloudConnection.of(this).client();
    }

    public EC2PrivateKey resolvePrivateKey() {
        return CloudConnection.privateKey(this);
    }

    public List<String> getPrivateKeys() {
        EC2PrivateKey key = resolvePrivateKey();
        return key == null ? List.of() : List.of(key.getPrivateKey());
    }

    public long getRecurrencePeriod() {
        return 60_000;
    }
}

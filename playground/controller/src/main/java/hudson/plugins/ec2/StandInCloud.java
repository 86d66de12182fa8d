package hudson.plugins.ec2;

import hudson.model.labels.LabelAtom;
import hudson.slaves.Cloud;
import hudson.slaves.NodeProvisioner.PlannedNode;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;
import standin.agents.Provisioning;
import standin.aws.CloudConnection;
import standin.generation.GeneratedObject;

/**
 * Behind the generated {@code EC2Cloud}: what a contract does not list. In ec2 2.0.x the cloud's name in Jenkins is
 * "ec2-" and what the user calls it; later it is what the user calls it.
 */
public abstract class StandInCloud extends Cloud implements GeneratedObject.Constructed {
    /** How long counts are kept ({@code INSTANCE_COUNT_CACHE_TTL_MS}), in minutes of the plugin. */
    private static final double KEPT_MINUTES = 0.5;

    /** Runtime state, as the plugin writes it into config.xml. It is no configuration. */
    private long instanceCountCacheTimestamp;

    private int cachedTotalSlaves;
    private transient Map<String, Integer> cachedTemplateSlaves;

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

    @Override
    public boolean canProvision(LabelAtom label) {
        return !getTemplates(label).isEmpty();
    }

    @Override
    public Collection<PlannedNode> provision(LabelAtom label, int excessWorkload) {
        return Provisioning.forLabel(this, label, excessWorkload);
    }

    /** The count of a template's instances, if it and the last count of any template are fresh enough to be used. */
    public OptionalInt keptCount(StandInTemplate template) {
        double ageMillis = System.currentTimeMillis() - instanceCountCacheTimestamp;
        boolean fresh = ageMillis < KEPT_MINUTES * Jenkins.get().options().minuteSeconds() * 1000;
        return fresh && counts().containsKey(keyOf(template)) ? OptionalInt.of(lastCount(template)) : OptionalInt.empty();
    }

    public int lastCount(StandInTemplate template) {
        return counts().get(keyOf(template));
    }

    public int keptTotal() {
        return cachedTotalSlaves;
    }

    public void keepCounts(int total, StandInTemplate template, int ofTemplate) {
        instanceCountCacheTimestamp = System.currentTimeMillis();
        cachedTotalSlaves = total;
        counts().put(keyOf(template), ofTemplate);
    }

    public void forgetCounts() {
        instanceCountCacheTimestamp = 0;
        counts().clear();
    }

    private Map<String, Integer> counts() {
        if (cachedTemplateSlaves == null) {
            cachedTemplateSlaves = new ConcurrentHashMap<>();
        }
        return cachedTemplateSlaves;
    }

    private static String keyOf(StandInTemplate template) {
        return template.description() + ":" + template.image();
    }

    /** A connection to EC2 with this cloud's identity. */
    public software.amazon.awssdk.services.ec2.Ec2Client connect() {
        return CloudConnection.of(this).client();
    }

    public EC2PrivateKey resolvePrivateKey() {
        return CloudConnection.privateKey(this);
    }
}

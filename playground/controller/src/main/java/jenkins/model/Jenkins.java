package jenkins.model;

import hudson.BulkChange;
import hudson.PluginManager;
import hudson.model.Computer;
import hudson.model.Descriptor;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.Saveable;
import hudson.model.UpdateCenter;
import hudson.model.labels.LabelAtom;
import hudson.security.ACL;
import hudson.security.AccessDeniedException3;
import hudson.security.Permission;
import hudson.slaves.Cloud;
import hudson.util.DescribableList;
import hudson.util.VersionNumber;
import hudson.util.XStream2;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import standin.ConfigFile;
import standin.SaveFault;
import standin.ServletContext;
import standin.host.ControllerOptions;

/** The controller, as scripts see it. */
public class Jenkins implements ItemGroup, Saveable {
    public static final Permission ADMINISTER = new Permission("Overall", "Administer", false);
    public static final Permission READ = new Permission("Overall", "Read", true);

    public static String VERSION;
    public static XStream2 XSTREAM2;
    public static XStream2 XSTREAM;

    private static volatile Jenkins instance;

    public final CloudList clouds = new CloudList();
    public final PluginManager pluginManager;
    public final ServletContext servletContext = new ServletContext();

    private final ControllerOptions options;
    private final ConfigFile file;
    private final UpdateCenter updateCenter;
    private final Nodes nodes;
    private final Queue queue = new Queue();
    private final Map<String, Label> labels = new ConcurrentHashMap<>();
    private final List<Job> jobs = new CopyOnWriteArrayList<>();
    private final AtomicInteger saves = new AtomicInteger();
    private volatile boolean quietingDown;
    private volatile Runnable restart = () -> {};

    protected Jenkins(ControllerOptions options, PluginManager plugins) {
        this.options = options;
        this.pluginManager = plugins;
        this.updateCenter = new UpdateCenter(plugins, options);
        VERSION = plugins.jenkinsVersion();
        XSTREAM2 = new XStream2(plugins.uberClassLoader, this::ownerOf);
        XSTREAM2.alias("hudson", Configuration.class);
        XSTREAM = XSTREAM2;
        this.file = new ConfigFile(options.home().resolve("config.xml"), XSTREAM2);
        this.nodes = new Nodes(options.home().resolve("nodes"));
        instance = this;
    }

    /** What config.xml holds. */
    private static final class Configuration {
        String version;
        int numExecutors;
        String mode = "NORMAL";
        boolean useSecurity = true;
        ArrayList<Cloud> clouds = new ArrayList<>();
    }

    /** Reads what is on disk. Called once, before the controller is ready. */
    public void load() throws IOException {
        if (file.read() instanceof Configuration saved) {
            clouds.load(saved.clouds);
        }
        JenkinsLocationConfiguration.load();
        nodes.load();
    }

    private String ownerOf(Class<?> type) {
        String plugin = type.getName().startsWith("hudson.plugins.ec2.") ? "ec2"
                : type.getName().startsWith("com.cloudbees.jenkins.plugins.awscredentials.") ? "aws-credentials"
                : type.getName().startsWith("com.cloudbees.jenkins.plugins.sshcredentials.") ? "ssh-credentials"
                : type.getName().startsWith("com.cloudbees.plugins.credentials.") ? "credentials" : null;
        var installed = plugin == null ? null : pluginManager.getPlugin(plugin);
        return installed == null ? null : plugin + "@" + installed.version();
    }

    public static Jenkins get() {
        return instance;
    }

    public static Jenkins getInstance() {
        return instance;
    }

    public static VersionNumber getVersion() {
        return new VersionNumber(VERSION);
    }

    @Override
    public synchronized void save() throws IOException {
        if (BulkChange.contains(this)) {
            return;
        }
        Configuration configuration = new Configuration();
        configuration.version = VERSION;
        configuration.clouds.addAll(clouds);
        file.write(configuration);
        saves.incrementAndGet();
    }

    /** Upsets a running Jenkins, so the stand-in refuses it: a script that applies by reloading is wrong. */
    public void reload() {
        throw new UnsupportedOperationException("The stand-in does not reload: on a real Jenkins it upsets what is running");
    }

    public boolean hasPermission(Permission permission) {
        ACL.Identity user = ACL.current();
        return user.administrator() || permission.readers() && user != ACL.ANONYMOUS;
    }

    public void checkPermission(Permission permission) {
        if (!hasPermission(permission)) {
            throw new AccessDeniedException3(ACL.current().name(), permission);
        }
    }

    public CloudList getClouds() {
        return clouds;
    }

    public Cloud getCloud(String name) {
        return clouds.getByName(name);
    }

    public PluginManager getPluginManager() {
        return pluginManager;
    }

    public UpdateCenter getUpdateCenter() {
        return updateCenter;
    }

    public Queue getQueue() {
        return queue;
    }

    public List<Node> getNodes() {
        return nodes.list();
    }

    public Node getNode(String name) {
        return nodes.get(name);
    }

    public void addNode(Node node) throws IOException {
        nodes.add(node);
    }

    public void updateNode(Node node) throws IOException {
        nodes.save(node);
    }

    public void removeNode(Node node) throws IOException {
        nodes.remove(node);
    }

    public Computer[] getComputers() {
        return nodes.computers().toArray(new Computer[0]);
    }

    public Computer getComputer(String name) {
        return nodes.computers().stream().filter(computer -> computer.getName().equals(name)).findFirst().orElse(null);
    }

    public LabelAtom getLabelAtom(String name) {
        return (LabelAtom) labels.computeIfAbsent(name, LabelAtom::new);
    }

    /** A label, or an expression of labels. */
    public Label getLabel(String text) {
        return labels.computeIfAbsent(text, Label::parseExpression);
    }

    /** The jobs of a kind. */
    public <T> List<T> getAllItems(Class<T> kind) {
        return jobs.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Stand-in only: in memory, as no restart matters for jobs. */
    public void addJob(Job job) {
        jobs.add(job);
    }

    public Descriptor<?> getDescriptor(Class<?> type) {
        return Descriptors.of(type);
    }

    /** @param descriptorType the descriptor's own class, not the described one */
    public Descriptor<?> getDescriptorByType(Class<?> descriptorType) {
        return Descriptors.byType(descriptorType);
    }

    /** In Jenkins a digest of its secret key; here one of its home, which is as much its own. */
    public String getLegacyInstanceId() {
        return java.util.UUID.nameUUIDFromBytes(getRootDir().getPath().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString();
    }

    public File getRootDir() {
        return options.home().toFile();
    }

    /** The Jenkins URL; where none is set, the address that it was asked at. */
    public String getRootUrl() {
        String set = JenkinsLocationConfiguration.get().getUrl();
        return set == null ? ownUrl() : set;
    }

    /** With the path prefix, ending in a slash. */
    String ownUrl() {
        return (options.tls() == null ? "http" : "https") + "://127.0.0.1:" + options.port() + options.contextPath() + "/";
    }

    public boolean isQuietingDown() {
        return quietingDown;
    }

    public void doQuietDown() {
        checkPermission(ADMINISTER);
        quietingDown = true;
    }

    public void doCancelQuietDown() {
        checkPermission(ADMINISTER);
        quietingDown = false;
    }

    /** Restarts once no build runs. */
    public void safeRestart() {
        checkPermission(ADMINISTER);
        quietingDown = true;
        Thread thread = new Thread(this::restartWhenIdle, "safe restart");
        thread.setDaemon(true);
        thread.start();
    }

    /** Restarts now: builds are lost. */
    public void restart() {
        checkPermission(ADMINISTER);
        restart.run();
    }

    private void restartWhenIdle() {
        try {
            do {
                Thread.sleep(200);
            } while (nodes.computers().stream().anyMatch(computer -> computer.countBusy() > 0));
        } catch (InterruptedException stopped) {
            return;
        }
        if (quietingDown) {
            restart.run();
        }
    }

    /** Stand-in only: what a restart does. */
    public void onRestart(Runnable action) {
        restart = action;
    }

    /** Stand-in only: what goes wrong with the next saves. */
    public SaveFault saveFault() {
        return file.fault();
    }

    /** Stand-in only: writes of config.xml since the start. */
    public int saves() {
        return saves.get();
    }

    /** Stand-in only. */
    public ControllerOptions options() {
        return options;
    }

    @Override
    public String getFullName() {
        return "";
    }

    /** The clouds; each modification writes config.xml. */
    public static class CloudList extends DescribableList<Cloud> {
        public CloudList() {
            super(Saveable.NOOP);
        }

        public Cloud getByName(String name) {
            return data.stream().filter(cloud -> cloud.name.equals(name)).findFirst().orElse(null);
        }

        void load(Collection<Cloud> saved) {
            data = new java.util.concurrent.CopyOnWriteArrayList<>(saved);
        }

        @Override
        protected void onModified() throws IOException {
            Jenkins.get().save();
        }
    }
}

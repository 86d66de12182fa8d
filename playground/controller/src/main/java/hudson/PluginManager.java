package hudson;

import hudson.util.VersionNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import standin.generation.Contract;
import standin.host.ControllerLoader;
import standin.host.ControllerOptions;

/** The installed plugins. Only ec2 can be installed; those that it builds on are always there. */
public class PluginManager {
    /** Versions that a Jenkins of 2024 has; no behaviour depends on them. */
    private static final List<PluginWrapper> ALWAYS = List.of(
            new PluginWrapper("structs", "Structs Plugin", "338.v848422169819", true),
            new PluginWrapper("credentials", "Credentials Plugin", "1389.vd7a_b_f5fa_50a_2", true),
            new PluginWrapper("ssh-credentials", "SSH Credentials Plugin", "343.v884f71d78167", true),
            new PluginWrapper("aws-credentials", "AWS Credentials Plugin", "231.v08a_59f17d742", true));

    /** Sees the classes of every plugin. */
    public final ClassLoader uberClassLoader;

    private final ControllerLoader loader;
    private final Function<Contract, Map<String, byte[]>> generator;
    private final Map<String, Contract> contracts;
    private final List<String> offered;
    private final Path record;
    private final String startedWith;
    private volatile Contract active;

    /** @param generator makes the classes of a contract, by name */
    public PluginManager(
            ControllerOptions options, ControllerLoader loader, Function<Contract, Map<String, byte[]>> generator)
            throws IOException {
        this.uberClassLoader = loader;
        this.loader = loader;
        this.generator = generator;
        this.contracts = Contract.all(options.contracts());
        this.offered = options.offered().isEmpty() ? List.copyOf(contracts.keySet()) : options.offered();
        this.record = options.home().resolve("plugins").resolve("ec2.txt");
        this.startedWith = String.valueOf(options.plugin());
        String version = recorded().orElse(options.plugin());
        if (version != null) {
            activate(contract(version));
        }
    }

    private Contract contract(String version) {
        Contract contract = contracts.get(version);
        if (contract == null) {
            throw new IllegalArgumentException(
                    "No contract file for ec2 " + version + "; there are " + contracts.keySet());
        }
        return contract;
    }

    /** What an earlier life installed; it counts as long as the controller is started with the same version. */
    private Optional<String> recorded() throws IOException {
        if (!Files.exists(record)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(record);
        return lines.get(0).equals(startedWith) ? Optional.of(lines.get(1)) : Optional.empty();
    }

    private void activate(Contract contract) {
        loader.add(generator.apply(contract));
        active = contract;
    }

    /**
     * Installs a version, as the update centre's job does.
     *
     * @return whether a restart is needed: always for an upgrade, as loaded classes stay
     */
    public boolean install(String version, boolean needsRestart) throws IOException {
        Contract contract = contract(version);
        Files.createDirectories(record.getParent());
        Files.writeString(record, startedWith + "\n" + version + "\n");
        if (active != null && active.version().equals(version)) {
            return false;
        }
        if (active != null || needsRestart) {
            return true;
        }
        activate(contract);
        return false;
    }

    /** The version that the update centre would install: the newest that is offered. */
    public Optional<String> newestOffered() {
        return offered.stream().max(Comparator.comparing(VersionNumber::new));
    }

    /** The generation that is active, empty while ec2 is not installed. */
    public Optional<Contract> generation() {
        return Optional.ofNullable(active);
    }

    /** The Jenkins that the active generation was read with, else the newest of all contracts. */
    public String jenkinsVersion() {
        return generation()
                .map(Contract::jenkins)
                .orElseGet(() -> contracts.values().stream()
                        .map(Contract::jenkins)
                        .max(Comparator.comparing(VersionNumber::new))
                        .orElse("2.479.3"));
    }

    /** Names of the generated classes of the plugin. */
    public java.util.Set<String> pluginClasses() {
        return loader.generatedNames();
    }

    /** A plugin that is on the disk and was not loaded. */
    public record FailedPlugin(String name, Exception cause) {
        public String getName() {
            return name;
        }

        public Exception getCause() {
            return cause;
        }
    }

    private final List<FailedPlugin> failedPlugins = new ArrayList<>();

    /** In no answer of the API: only a script can read them. */
    public List<FailedPlugin> getFailedPlugins() {
        return failedPlugins;
    }

    /** Stand-in only: ec2 is on the disk, and does not load. */
    public void failToLoad(String reason) {
        active = null;
        failedPlugins.add(new FailedPlugin("ec2", new IOException(reason)));
    }

    public List<PluginWrapper> getPlugins() {
        List<PluginWrapper> plugins = new ArrayList<>(ALWAYS);
        generation().ifPresent(
                contract -> plugins.add(0, new PluginWrapper("ec2", "Amazon EC2 plugin", contract.version(), true)));
        return plugins;
    }

    public PluginWrapper getPlugin(String shortName) {
        return getPlugins().stream()
                .filter(plugin -> plugin.shortName().equals(shortName))
                .findFirst()
                .orElse(null);
    }
}

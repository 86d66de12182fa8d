package hudson.model;

import hudson.PluginManager;
import hudson.util.VersionNumber;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import standin.host.ControllerOptions;

/** Installs plugins, one job each. */
public class UpdateCenter {
    /** The states of a job, named as Jenkins' classes. */
    public enum Status {
        Pending,
        Installing,
        Success,
        SuccessButRequiresRestart,
        Failure
    }

    /** The installation of one plugin. */
    public static final class InstallationJob {
        public final int id;
        public final String plugin;
        public final String version;
        public volatile Status status = Status.Pending;
        public volatile String errorMessage;

        InstallationJob(int id, String plugin, String version) {
            this.id = id;
            this.plugin = plugin;
            this.version = version;
        }
    }

    private final PluginManager plugins;
    private final ControllerOptions options;
    private final AtomicInteger ids = new AtomicInteger();
    private final List<InstallationJob> jobs = new CopyOnWriteArrayList<>();
    private volatile String failure;

    public UpdateCenter(PluginManager plugins, ControllerOptions options) {
        this.plugins = plugins;
        this.options = options;
    }

    public List<InstallationJob> getJobs() {
        return jobs;
    }

    public boolean isRestartRequiredForCompletion() {
        return jobs.stream().anyMatch(job -> job.status == Status.SuccessButRequiresRestart);
    }

    /** What the update site has of a plugin; null where it does not know it. */
    public Offer getPlugin(String name) {
        return name.equals("ec2") ? plugins.newestOffered().map(Offer::new).orElse(null) : null;
    }

    /** As UpdateSite.Plugin, as far as a script asks. */
    public record Offer(String version) {
        public String getVersion() {
            return version;
        }
    }

    /** Stand-in only: the next installation fails with this text. */
    public void failNext(String message) {
        failure = message;
    }

    /**
     * Installs a plugin unless it is there in this version or newer. As in Jenkins, what is installed is the newest that the
     * update site offers, whichever version is asked for.
     */
    public void installNecessary(String plugin, String version) {
        var installed = plugins.getPlugin(plugin);
        if (installed != null && !installed.getVersionNumber().isOlderThan(new VersionNumber(version))) {
            return;
        }
        String offered = plugin.equals("ec2") ? plugins.newestOffered().orElse(null) : null;
        if (offered == null) {
            return;
        }
        if (options.installNeedsRestart()) {
            InstallationJob dependency = new InstallationJob(ids.incrementAndGet(), "structs", "338.v848422169819");
            dependency.status = Status.SuccessButRequiresRestart; // long before the plugin itself is there
            jobs.add(dependency);
        }
        InstallationJob job = new InstallationJob(ids.incrementAndGet(), plugin, offered);
        jobs.add(job);
        Thread thread = new Thread(() -> run(job), "installation of " + plugin);
        thread.setDaemon(true);
        thread.start();
    }

    private void run(InstallationJob job) {
        job.status = Status.Installing;
        try {
            Thread.sleep((long) (options.installSeconds() * 1000));
            if (failure != null) {
                String message = failure;
                failure = null;
                throw new IOException(message);
            }
            job.status = plugins.install(job.version, options.installNeedsRestart())
                    ? Status.SuccessButRequiresRestart
                    : Status.Success;
        } catch (IOException | RuntimeException problem) {
            job.errorMessage = problem.toString();
            job.status = Status.Failure;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

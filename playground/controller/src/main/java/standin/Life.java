package standin;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.PluginManager;
import hudson.model.Hudson;
import hudson.util.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import standin.agents.AgentWatch;
import standin.generation.ClassGenerator;
import standin.host.Controller;
import standin.host.ControllerLoader;
import standin.host.ControllerOptions;
import standin.host.Lifecycle;
import standin.http.Front;

/** One life of the stand-in controller: the port at once, then everything that is on disk, then ready. */
public final class Life implements Controller {
    private static final Logger LOGGER = Logger.getLogger(Life.class.getName());

    private final ControllerLoader loader;
    private final Lifecycle host;
    private final Front front;
    private ControllerOptions options;
    private volatile AgentWatch watch;

    public Life(ControllerOptions options, ControllerLoader loader, Lifecycle host) {
        this.options = options;
        this.loader = loader;
        this.host = host;
        this.front = new Front(options, host);
    }

    @Override
    public void start() throws IOException {
        front.open();
        options = options.withPort(front.port());
        long readyAtMillis = System.currentTimeMillis() + (long) (options.startSeconds() * 1000);
        Thread thread = new Thread(() -> becomeReady(readyAtMillis), "start of " + options.name());
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        thread.start();
    }

    private void becomeReady(long readyAtMillis) {
        try {
            Secret.useKey(key());
            Jenkins jenkins = new Hudson(options, new PluginManager(options, loader, ClassGenerator::generate));
            jenkins.onRestart(host::restart);
            new SystemCredentialsProvider();
            jenkins.load();
            watch = new AgentWatch(options);
            watch.start();
            Thread.sleep(Math.max(0, readyAtMillis - System.currentTimeMillis()));
            front.ready();
        } catch (IOException | RuntimeException failure) {
            LOGGER.log(Level.SEVERE, "The stand-in controller " + options.name() + " does not start", failure);
            front.failed(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The key of the controller's secrets: made at the first start, readable by its owner only. */
    private byte[] key() throws IOException {
        Path file = options.home().resolve("secrets").resolve("hudson.util.Secret");
        if (!Files.exists(file)) {
            Files.createDirectories(file.getParent());
            Files.createFile(
                    file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            byte[] fresh = new byte[32];
            new SecureRandom().nextBytes(fresh);
            Files.write(file, fresh);
        }
        return Files.readAllBytes(file);
    }

    @Override
    public int port() {
        return front.port();
    }

    @Override
    public void stop() {
        front.close();
        if (watch != null) {
            watch.stop();
        }
    }
}

package standin.host;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps one controller alive over its restarts, on one port. */
public final class ControllerHost {
    private static final Logger LOGGER = Logger.getLogger(ControllerHost.class.getName());

    private final Path jar;
    private ControllerOptions options;
    private Controller controller;

    public ControllerHost(Path jar, ControllerOptions options) {
        this.jar = jar;
        this.options = options;
    }

    public ControllerOptions options() {
        return options;
    }

    public synchronized void start() throws IOException {
        controller = create();
        controller.start();
        options = options.withPort(controller.port());
    }

    /** Ends this life and begins another, in the background: connections are refused in between. */
    public void restart() {
        Thread thread = new Thread(this::restartNow, "restart of " + options.name());
        thread.setDaemon(true);
        thread.start();
    }

    private synchronized void restartNow() {
        try {
            controller.stop();
            controller = null;
            Thread.sleep((long) (options.stopSeconds() * 1000));
            start();
        } catch (IOException | InterruptedException failure) {
            LOGGER.log(Level.SEVERE, "The stand-in controller " + options.name() + " did not come back", failure);
        }
    }

    private Controller create() throws IOException {
        ControllerLoader loader = new ControllerLoader(jar, Main.class.getClassLoader());
        try {
            return (Controller) loader.loadClass("standin.Life")
                    .getConstructor(ControllerOptions.class, ControllerLoader.class, Runnable.class)
                    .newInstance(options, loader, (Runnable) this::restart);
        } catch (InvocationTargetException failure) {
            throw new IllegalStateException(failure.getCause());
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }
}

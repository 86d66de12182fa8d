package standin.host;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps one controller alive over its restarts, on one port. */
public final class ControllerHost implements Lifecycle {
    private static final Logger LOGGER = Logger.getLogger(ControllerHost.class.getName());

    /** The request that asked for the end is answered first. */
    private static final long ANSWER_MILLIS = 100;

    private final Path jar;
    private final Runnable stopped;
    private ControllerOptions options;
    private Controller controller;

    /** @param stopped called once the controller has been stopped for good */
    public ControllerHost(Path jar, ControllerOptions options, Runnable stopped) {
        this.jar = jar;
        this.stopped = stopped;
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

    @Override
    public void restart() {
        inBackground(this::restartNow);
    }

    @Override
    public void stop() {
        inBackground(this::stopNow);
    }

    private void inBackground(Runnable action) {
        Runnable afterTheAnswer = () -> {
            try {
                Thread.sleep(ANSWER_MILLIS);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            action.run();
        };
        Thread thread = new Thread(afterTheAnswer, "host of " + options.name());
        thread.setDaemon(true);
        thread.start();
    }

    private synchronized void stopNow() {
        controller.stop();
        stopped.run();
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
        ControllerLoader loader = new ControllerLoader(jar, ControllerHost.class.getClassLoader());
        try {
            return (Controller) loader.loadClass("standin.Life")
                    .getConstructor(ControllerOptions.class, ControllerLoader.class, Lifecycle.class)
                    .newInstance(options, loader, this);
        } catch (InvocationTargetException failure) {
            throw new IllegalStateException(failure.getCause());
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }
}

package standin.host;

import java.io.IOException;

/** One life of a controller, between two restarts. Its classes come from a {@link ControllerLoader} of its own. */
public interface Controller {
    /** Opens the port, answers 503, then becomes ready in the background. */
    void start() throws IOException;

    /** The port that it listens on. */
    int port();

    /** Closes the port and ends every thread. Nothing is kept but what is on disk. */
    void stop();
}

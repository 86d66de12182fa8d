package standin.host;

/** What a controller may ask of its host. */
public interface Lifecycle {
    /** Ends this life and begins another, in the background: connections are refused in between. */
    void restart();

    /** Ends this life for good, in the background. */
    void stop();
}

package hudson.model;

/** The moving average of a figure, newest first, as {@code TimeSeries} of Jenkins 2.541 works it out. */
public final class TimeSeries {
    private final float decay;
    private final int size;
    private volatile float[] history;

    TimeSeries(float decay, int size) {
        this.decay = decay;
        this.size = size;
        this.history = new float[] {0};
    }

    /** Adds the figure as it is now. */
    public synchronized void update(float figure) {
        float[] longer = new float[Math.min(history.length + 1, size)];
        System.arraycopy(history, 0, longer, 1, longer.length - 1);
        longer[0] = history[0] * decay + figure * (1 - decay);
        history = longer;
    }

    public float[] getHistory() {
        return history;
    }
}

package hudson.model;

/**
 * Use of the agents of one label. In memory only: a restart begins anew. The stand-in never adds a figure by itself; a script
 * does, by the members that Jenkins has too.
 */
public final class LoadStatistics {
    public static final float DECAY = 0.9f;

    public final MultiStageTimeSeries busyExecutors = new MultiStageTimeSeries();
    public final MultiStageTimeSeries queueLength = new MultiStageTimeSeries();
}

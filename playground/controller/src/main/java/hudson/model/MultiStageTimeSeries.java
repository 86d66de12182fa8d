package hudson.model;

/** One figure by the hour (for 56 days) and by the minute (for 2 days). Jenkins has it by 10 seconds as well. */
public final class MultiStageTimeSeries {
    public final TimeSeries min = new TimeSeries(LoadStatistics.DECAY, 2 * 24 * 60);
    public final TimeSeries hour = new TimeSeries(LoadStatistics.DECAY, 56 * 24);
}

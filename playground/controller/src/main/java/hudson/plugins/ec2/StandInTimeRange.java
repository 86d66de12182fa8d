package hudson.plugins.ec2;

import hudson.model.AbstractDescribableImpl;

/** Behind {@code MinimumNumberOfInstancesTimeRangeConfig}. */
public abstract class StandInTimeRange extends AbstractDescribableImpl<StandInTimeRange> {}

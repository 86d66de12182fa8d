package hudson.model;

/** A build that is over. Times are in milliseconds, the start since 1970. */
public class Run {
    private final int number;
    private final long start;
    private final long duration;

    public Run(int number, long start, long duration) {
        this.number = number;
        this.start = start;
        this.duration = duration;
    }

    public int getNumber() {
        return number;
    }

    public long getTimeInMillis() {
        return start;
    }

    public long getStartTimeInMillis() {
        return start;
    }

    public long getDuration() {
        return duration;
    }

    public boolean isBuilding() {
        return false;
    }
}

package hudson.model;

/** A build that names its agent. */
public class FreeStyleBuild extends Run {
    private final String builtOn;

    public FreeStyleBuild(int number, long start, long duration, String builtOn) {
        super(number, start, duration);
        this.builtOn = builtOn;
    }

    public String getBuiltOnStr() {
        return builtOn;
    }
}

package hudson.model;

/** A slot for one build. */
public class Executor {
    private final int number;
    private volatile Queue.Build build;

    Executor(int number) {
        this.number = number;
    }

    public int getNumber() {
        return number;
    }

    public boolean isBusy() {
        return build != null;
    }

    public boolean isIdle() {
        return build == null;
    }

    public Queue.Build getCurrentExecutable() {
        return build;
    }

    void run(Queue.Build next) {
        build = next;
    }

    void free() {
        build = null;
    }
}

package hudson;

import hudson.model.Saveable;
import java.io.Closeable;
import java.io.IOException;

/** Holds back saves of one object on this thread until {@link #commit()}. */
public class BulkChange implements Closeable {
    public static final Saveable ALL = () -> {};

    private static final ThreadLocal<BulkChange> SCOPE = new ThreadLocal<>();

    private final Saveable saveable;
    private final BulkChange parent;
    private boolean done;

    public BulkChange(Saveable saveable) {
        this.saveable = saveable;
        this.parent = SCOPE.get();
        SCOPE.set(this);
    }

    public void commit() throws IOException {
        if (!done) {
            done = true;
            SCOPE.set(parent);
            saveable.save();
        }
    }

    public void abort() {
        if (!done) {
            done = true;
            SCOPE.set(parent);
        }
    }

    @Override
    public void close() {
        abort();
    }

    /** Whether a save of this object is held back. */
    public static boolean contains(Saveable saveable) {
        for (BulkChange change = SCOPE.get(); change != null; change = change.parent) {
            if (change.saveable == saveable || change.saveable == ALL) {
                return true;
            }
        }
        return false;
    }
}

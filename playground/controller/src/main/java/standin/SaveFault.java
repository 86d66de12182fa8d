package standin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stand-in only: what goes wrong with the next writes of a file, as a test asked for. */
public final class SaveFault {
    private String message;
    private int count;
    private Runnable meanwhile;

    /** So many writes fail with this text, midway, as on a full disk. */
    public synchronized void fail(String message, int count) {
        this.message = message;
        this.count = count;
    }

    /** Something else happens during the next write. */
    public synchronized void during(Runnable action) {
        meanwhile = action;
    }

    public synchronized void clear() {
        count = 0;
        meanwhile = null;
    }

    /** Before a file is written for good: what was asked for happens. */
    void strike(Path temporary, String text) throws IOException {
        Runnable action;
        synchronized (this) {
            action = meanwhile;
            meanwhile = null;
        }
        if (action != null) {
            action.run();
        }
        if (fails()) {
            Files.writeString(temporary, text.substring(0, text.length() / 2), StandardCharsets.UTF_8);
            throw new IOException(message);
        }
    }

    private synchronized boolean fails() {
        if (count == 0) {
            return false;
        }
        count--;
        return true;
    }
}

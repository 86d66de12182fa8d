package standin.http;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** What the console was used for, for the page and for tests. */
final class Activity {
    private final AtomicInteger scripts = new AtomicInteger();
    private volatile Instant lastScript;

    void script() {
        scripts.incrementAndGet();
        lastScript = Instant.now();
    }

    int scripts() {
        return scripts.get();
    }

    /** Null before the first script. */
    Instant lastScript() {
        return lastScript;
    }
}

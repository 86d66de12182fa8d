package hudson.util;

import hudson.model.TaskListener;
import java.io.Closeable;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Writes to a stream. */
public class StreamTaskListener implements TaskListener, Closeable {
    private final PrintStream out;

    public StreamTaskListener(OutputStream out) {
        this(out, StandardCharsets.UTF_8);
    }

    public StreamTaskListener(OutputStream out, Charset charset) {
        this.out = out instanceof PrintStream print ? print : new PrintStream(out, true, charset);
    }

    @Override
    public PrintStream getLogger() {
        return out;
    }

    @Override
    public void close() {
        out.close();
    }
}

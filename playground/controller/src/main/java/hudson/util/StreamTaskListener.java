package hudson.util;

import hudson.model.TaskListener;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Writes to a stream or a writer. */
public class StreamTaskListener implements TaskListener, Closeable {
    private final PrintStream out;

    public StreamTaskListener(OutputStream out) {
        this(out, StandardCharsets.UTF_8);
    }

    public StreamTaskListener(OutputStream out, Charset charset) {
        this.out = out instanceof PrintStream print ? print : new PrintStream(out, true, charset);
    }

    public StreamTaskListener(Writer writer) {
        this(new WriterStream(writer));
    }

    public static StreamTaskListener fromStdout() {
        return new StreamTaskListener(System.out);
    }

    @Override
    public PrintStream getLogger() {
        return out;
    }

    @Override
    public void close() {
        out.close();
    }

    /** Bytes to characters; each flush is a whole number of characters, as PrintStream with autoflush gives them. */
    private static final class WriterStream extends ByteArrayOutputStream {
        private final Writer writer;

        WriterStream(Writer writer) {
            this.writer = writer;
        }

        @Override
        public synchronized void flush() throws IOException {
            writer.write(toString(StandardCharsets.UTF_8));
            reset();
            writer.flush();
        }
    }
}

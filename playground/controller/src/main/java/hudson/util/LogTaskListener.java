package hudson.util;

import hudson.model.TaskListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Writes lines to a java.util.logging logger. */
public class LogTaskListener implements TaskListener {
    private final PrintStream out;

    public LogTaskListener(Logger logger, Level level) {
        out = new PrintStream(
                new ByteArrayOutputStream() {
                    @Override
                    public synchronized void flush() {
                        if (count > 0) {
                            logger.log(level, toString(StandardCharsets.UTF_8).stripTrailing());
                            reset();
                        }
                    }
                },
                true,
                StandardCharsets.UTF_8);
    }

    @Override
    public PrintStream getLogger() {
        return out;
    }
}

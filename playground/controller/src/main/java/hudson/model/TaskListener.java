package hudson.model;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;

/** Receives what an operation has to say. */
public interface TaskListener {
    TaskListener NULL = () -> new PrintStream(OutputStream.nullOutputStream());

    PrintStream getLogger();

    default PrintWriter error(String message) {
        getLogger().println("ERROR: " + message);
        return new PrintWriter(getLogger(), true);
    }

    default PrintWriter fatalError(String message) {
        getLogger().println("FATAL: " + message);
        return new PrintWriter(getLogger(), true);
    }
}

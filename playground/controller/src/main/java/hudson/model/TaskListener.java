package hudson.model;

import java.io.OutputStream;
import java.io.PrintStream;

/** Receives what an operation has to say. */
public interface TaskListener {
    TaskListener NULL = () -> new PrintStream(OutputStream.nullOutputStream());

    PrintStream getLogger();
}

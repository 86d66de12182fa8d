package standin.http;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Stack traces as Jenkins prints them: the first cause first, then "Caused: …". */
final class StackTraces {
    private StackTraces() {}

    static String of(Throwable problem) {
        StringWriter text = new StringWriter();
        print(problem, new PrintWriter(text, true));
        return text.toString();
    }

    private static void print(Throwable problem, PrintWriter out) {
        if (problem.getCause() != null && problem.getCause() != problem) {
            print(problem.getCause(), out);
            out.print("Caused: ");
        }
        out.println(problem);
        for (StackTraceElement frame : problem.getStackTrace()) {
            out.println("\tat " + frame);
        }
    }
}

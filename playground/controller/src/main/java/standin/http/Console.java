package standin.http;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import jenkins.model.Jenkins;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.customizers.ImportCustomizer;

/** The script console: whatever happens, the answer is 200 with what was printed. */
final class Console {
    private final Activity activity;

    Console(Activity activity) {
        this.activity = activity;
    }

    Response run(Request request) {
        String script = request.parameter("script");
        if (script == null) {
            return Response.plain("");
        }
        activity.script();
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out, true);
        try {
            Object result = shell(printer).evaluate(script);
            if (result != null) {
                printer.println("Result: " + result);
            }
        } catch (Throwable problem) {
            printer.print(StackTraces.of(problem));
        }
        printer.flush();
        return Response.plain(out.toString());
    }

    /** Stand-in only: runs a script that nobody waits for the output of. */
    static void evaluate(String script) {
        shell(new PrintWriter(Writer.nullWriter())).evaluate(script);
    }

    private static GroovyShell shell(PrintWriter printer) {
        ImportCustomizer imports = new ImportCustomizer();
        imports.addStarImports("jenkins", "jenkins.model", "hudson", "hudson.model");
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.addCompilationCustomizers(imports);
        Binding binding = new Binding();
        binding.setVariable("out", printer);
        return new GroovyShell(Jenkins.get().pluginManager.uberClassLoader, binding, configuration);
    }
}

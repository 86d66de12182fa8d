package standin.http;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import groovy.lang.Script;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.codehaus.groovy.runtime.InvokerHelper;

/** The script console: whatever happens, the answer is 200 with what was printed. */
final class Console {
    /** The last line of a script of a push: all before it is constant. */
    private static final String HANDS_OVER_DATA = "\nanswer([";

    private final Activity activity;
    private final Map<String, SoftReference<Class<?>>> compiled = new ConcurrentHashMap<>();

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
            Object result = evaluate(shell(printer), script);
            if (result != null) {
                printer.println("Result: " + result);
            }
        } catch (Throwable problem) {
            printer.print(StackTraces.of(problem));
        }
        printer.flush();
        return Response.plain(out.toString());
    }

    /**
     * Runs a script. Jenkins compiles each anew, which takes most of a push's time here; the constant part of a push's script
     * is compiled once, and its data is compiled and evaluated each time.
     */
    private Object evaluate(GroovyShell shell, String script) {
        int end = script.lastIndexOf(HANDS_OVER_DATA);
        if (end < 0) {
            return shell.evaluate(script);
        }
        int data = end + HANDS_OVER_DATA.length() - 1;
        int close = script.lastIndexOf(')');
        shell.setVariable("dataOfThisRun", shell.evaluate(script.substring(data, close)));
        String constant = script.substring(0, data) + "dataOfThisRun" + script.substring(close);
        return ((Script) InvokerHelper.createScript(compiled(shell, constant), shell.getContext())).run();
    }

    private Class<?> compiled(GroovyShell shell, String script) {
        SoftReference<Class<?>> known = compiled.get(script);
        Class<?> type = known == null ? null : known.get();
        if (type == null) {
            type = shell.parse(script).getClass();
            compiled.put(script, new SoftReference<>(type));
        }
        return type;
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

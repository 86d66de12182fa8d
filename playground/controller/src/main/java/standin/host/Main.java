package standin.host;

import groovy.json.JsonOutput;
import groovy.json.JsonSlurper;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts stand-in controllers. Reads one JSON document from standard input, so that no secret is in the command line:
 * {@code {"controllers": [ControllerOptions…], "untilInputEnds": boolean}}. Prints one line of JSON with the ports once
 * all listen. With {@code untilInputEnds} (the default) it ends when its parent goes away.
 */
public final class Main {
    private Main() {}

    @SuppressWarnings("unchecked")
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        String line = firstLine();
        Map<String, Object> document = (Map<String, Object>) new JsonSlurper().parseText(line);
        Path jar = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        List<Map<String, Object>> started = new ArrayList<>();
        for (Object entry : (List<Object>) document.get("controllers")) {
            ControllerHost host = new ControllerHost(jar, ControllerOptions.of((Map<String, Object>) entry));
            host.start();
            Map<String, Object> said = new LinkedHashMap<>();
            said.put("name", host.options().name());
            said.put("port", host.options().port());
            started.add(said);
        }
        System.out.println(JsonOutput.toJson(Map.of("listening", started)));
        if (Boolean.FALSE.equals(document.get("untilInputEnds"))) {
            Thread.currentThread().join();
        }
        while (System.in.read() >= 0) {
            // Whatever comes is ignored: only the end of input counts.
        }
        System.exit(0);
    }

    private static String firstLine() throws IOException {
        StringBuilder line = new StringBuilder();
        InputStreamReader reader = new InputStreamReader(System.in, StandardCharsets.UTF_8);
        for (int character = reader.read(); character >= 0 && character != '\n'; character = reader.read()) {
            line.append((char) character);
        }
        return line.toString();
    }
}

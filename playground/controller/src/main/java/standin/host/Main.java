package standin.host;

import groovy.json.JsonOutput;
import groovy.json.JsonSlurper;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Starts stand-in controllers. Reads one JSON document from standard input, so that no secret is in the command line:
 * {@code {"controllers": [ControllerOptions…], "untilInputEnds": boolean}}. Prints one line of JSON with the ports once
 * all listen. With {@code untilInputEnds} (the default) it ends when its parent goes away, and always once each controller
 * has been stopped.
 */
public final class Main {
    private Main() {}

    @SuppressWarnings("unchecked")
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        String line = firstLine();
        Map<String, Object> document = (Map<String, Object>) new JsonSlurper().parseText(line);
        Path jar = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        List<Object> wanted = (List<Object>) document.get("controllers");
        CountDownLatch running = new CountDownLatch(wanted.size());
        List<Map<String, Object>> started = new ArrayList<>();
        for (Object entry : wanted) {
            ControllerOptions options = ControllerOptions.of((Map<String, Object>) entry);
            ControllerHost host = new ControllerHost(jar, options, running::countDown);
            host.start();
            Map<String, Object> said = new LinkedHashMap<>();
            said.put("name", host.options().name());
            said.put("port", host.options().port());
            started.add(said);
        }
        System.out.println(JsonOutput.toJson(Map.of("listening", started)));
        if (!Boolean.FALSE.equals(document.get("untilInputEnds"))) {
            endWithInput();
        }
        running.await();
        System.exit(0);
    }

    /** Ends the process when its parent closes the input, or dies. */
    private static void endWithInput() {
        Thread thread = new Thread(() -> {
            try {
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException gone) {
                // As good as the end.
            }
            System.exit(0);
        });
        thread.setDaemon(true);
        thread.start();
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

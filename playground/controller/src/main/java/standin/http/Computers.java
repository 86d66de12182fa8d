package standin.http;

import hudson.model.Computer;
import hudson.model.Executor;
import hudson.plugins.ec2.EC2Computer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import standin.host.ControllerOptions;

/** The agents over HTTP. */
final class Computers {
    private final ControllerOptions options;

    Computers(ControllerOptions options) {
        this.options = options;
    }

    /** A name in a path: spaces are %20 there. */
    static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Response list() {
        List<Computer> computers = Arrays.asList(Jenkins.get().getComputers());
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("_class", "hudson.model.ComputerSet");
        said.put("busyExecutors", computers.stream().mapToInt(Computer::countBusy).sum());
        said.put("computer", computers.stream().map(Computers::describe).toList());
        said.put("displayName", "Nodes");
        said.put("totalExecutors", computers.stream().mapToInt(Computer::countExecutors).sum());
        return Response.json(said);
    }

    Response one(Request request, List<String> parts) {
        Computer computer = Jenkins.get().getComputer(parts.get(0));
        return computer == null ? Response.error(404, "Not Found") : Response.json(describe(computer));
    }

    Response log(Request request, List<String> parts) {
        Computer computer = Jenkins.get().getComputer(parts.get(0));
        if (computer == null) {
            return Response.error(404, "Not Found");
        }
        String log = computer.getLog();
        String from = request.parameter("start");
        int start = from == null ? 0 : Math.min(Integer.parseInt(from), log.length());
        // Measured on 2.479.3: its lines end in CRLF.
        Response response = Response.plain(log.substring(start).replaceAll("\r?\n", "\r\n")).with("X-Text-Size", Integer.toString(log.length()));
        return computer.isConnecting() ? response.with("X-More-Data", "true") : response;
    }

    Response delete(Request request, List<String> parts) throws IOException {
        Computer computer = Jenkins.get().getComputer(parts.get(0));
        if (computer == null) {
            return Response.error(404, "Not Found");
        }
        computer.doDoDelete();
        return Response.redirect(options.contextPath() + "/computer/");
    }

    private static Map<String, Object> describe(Computer computer) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("_class", computer.getClass().getName());
        said.put("assignedLabels", computer.getNode().getAssignedLabels().stream()
                .map(label -> Map.of("name", label.name()))
                .toList());
        said.put("displayName", computer.getDisplayName());
        said.put("executors", computer.getExecutors().stream().map(Computers::describe).toList());
        said.put("idle", computer.isIdle());
        said.put("jnlpAgent", false);
        said.put("launchSupported", true);
        said.put("manualLaunchAllowed", true);
        said.put("numExecutors", computer.getNumExecutors());
        said.put("offline", computer.isOffline());
        said.put("offlineCauseReason", computer.getOfflineCauseReason());
        said.put("temporarilyOffline", computer.isTemporarilyOffline());
        if (computer instanceof EC2Computer agent) {
            said.put("instanceId", agent.getInstanceId());
        }
        return said;
    }

    private static Map<String, Object> describe(Executor executor) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("currentExecutable", executor.isBusy() ? Map.of("number", executor.getCurrentExecutable().id) : null);
        said.put("idle", executor.isIdle());
        said.put("number", executor.getNumber());
        return said;
    }
}

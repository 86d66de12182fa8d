package standin.http;

import hudson.PluginWrapper;
import hudson.model.UpdateCenter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import standin.host.ControllerOptions;

/** Plugins: which there are, installing, and restarting for them. */
final class Plugins {
    private static final Pattern WANTED = Pattern.compile("<install\\s+plugin\\s*=\\s*[\"']([^@\"']+)@([^\"']+)[\"']");

    private final ControllerOptions options;

    Plugins(ControllerOptions options) {
        this.options = options;
    }

    Response list() {
        List<Map<String, Object>> plugins =
                Jenkins.get().getPluginManager().getPlugins().stream().map(Plugins::describe).toList();
        return Response.json(Map.of("_class", "hudson.LocalPluginManager", "plugins", plugins));
    }

    private static Map<String, Object> describe(PluginWrapper plugin) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("active", plugin.isActive());
        said.put("deleted", false);
        said.put("enabled", plugin.isEnabled());
        said.put("longName", plugin.longName());
        said.put("shortName", plugin.shortName());
        said.put("version", plugin.version());
        return said;
    }

    Response install(Request request) {
        Matcher wanted = WANTED.matcher(request.body());
        while (wanted.find()) {
            Jenkins.get().getUpdateCenter().installNecessary(wanted.group(1), wanted.group(2));
        }
        return Response.redirect(options.contextPath() + "/updateCenter/");
    }

    Response updateCenter() {
        UpdateCenter center = Jenkins.get().getUpdateCenter();
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("_class", "hudson.model.UpdateCenter");
        said.put("jobs", center.getJobs().stream().map(Plugins::describe).toList());
        said.put("restartRequiredForCompletion", center.isRestartRequiredForCompletion());
        return Response.json(said);
    }

    private static Map<String, Object> describe(UpdateCenter.InstallationJob job) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("_class", "hudson.model.UpdateCenter$DownloadJob$" + job.status);
        status.put("success", job.status.name().startsWith("Success"));
        status.put("type", job.status.name());
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("_class", "hudson.model.UpdateCenter$InstallationJob");
        said.put("errorMessage", job.errorMessage);
        said.put("id", job.id);
        said.put("type", "InstallationJob");
        said.put("name", job.plugin);
        said.put("status", status);
        said.put("plugin", Map.of("name", job.plugin, "version", job.version));
        return said;
    }

    Response safeRestart() {
        Jenkins.get().safeRestart();
        return Response.redirect(options.contextPath() + "/");
    }

    Response quietDown(boolean quiet) {
        if (quiet) {
            Jenkins.get().doQuietDown();
        } else {
            Jenkins.get().doCancelQuietDown();
        }
        return Response.redirect(options.contextPath() + "/");
    }
}

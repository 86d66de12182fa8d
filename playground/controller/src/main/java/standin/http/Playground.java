package standin.http;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import groovy.json.JsonSlurper;
import hudson.model.Computer;
import hudson.model.Queue;
import hudson.plugins.ec2.EC2Computer;
import hudson.plugins.ec2.StandInCloud;
import hudson.slaves.Cloud;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import standin.SaveFault;
import standin.host.Lifecycle;

/** Stand-in only: what tests and the demo ask and arrange. No Jenkins has these addresses. */
final class Playground {
    private final Authentication authentication;
    private final Faults faults;
    private final Activity activity;
    private final Lifecycle host;

    Playground(Authentication authentication, Faults faults, Activity activity, Lifecycle host) {
        this.authentication = authentication;
        this.faults = faults;
        this.activity = activity;
        this.host = host;
    }

    Response state() {
        Jenkins jenkins = Jenkins.get();
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("jenkins", Jenkins.VERSION);
        said.put("plugin", jenkins.getPluginManager().generation().map(one -> one.version()).orElse(null));
        said.put("saves", jenkins.saves());
        said.put("credentialsSaves", SystemCredentialsProvider.getInstance().saves());
        said.put("scripts", activity.scripts());
        said.put("lastScript", activity.lastScript() == null ? null : activity.lastScript().toString());
        said.put("pendingFaults", faults.pending());
        said.put("quietingDown", jenkins.isQuietingDown());
        said.put("clouds", jenkins.clouds.toList().stream().map(Playground::describe).toList());
        said.put("credentials", credentialIds());
        said.put("agents", Arrays.stream(jenkins.getComputers()).map(Playground::describe).toList());
        said.put("builds", jenkins.getQueue().builds().stream().map(Playground::describe).toList());
        return Response.json(said);
    }

    static List<String> credentialIds() {
        return SystemCredentialsProvider.getInstance().getDomainCredentialsMap().values().stream()
                .flatMap(List::stream)
                .filter(IdCredentials.class::isInstance)
                .map(credentials -> ((IdCredentials) credentials).getId())
                .toList();
    }

    private static Map<String, Object> describe(Cloud cloud) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("name", cloud.name);
        said.put("displayName", cloud.getDisplayName());
        said.put("class", cloud.getClass().getName());
        if (cloud instanceof StandInCloud ec2) {
            said.put("templates", ec2.getTemplates().stream().map(template -> template.description()).toList());
        }
        return said;
    }

    private static Map<String, Object> describe(Computer computer) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("name", computer.getName());
        said.put("online", computer.isOnline());
        said.put("launching", computer.isConnecting());
        said.put("busy", computer.countBusy());
        if (computer instanceof EC2Computer agent) {
            said.put("instanceId", agent.getInstanceId());
            said.put("cloud", agent.getNode().cloudName);
            said.put("template", agent.getNode().templateDescription);
        }
        return said;
    }

    private static Map<String, Object> describe(Queue.Build build) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("id", build.id);
        said.put("label", build.label);
        said.put("state", build.state.name());
        said.put("agent", build.agent);
        return said;
    }

    @SuppressWarnings("unchecked")
    Response addFault(Request request) {
        Map<String, Object> json = (Map<String, Object>) new JsonSlurper().parseText(request.body());
        int count = ((Number) json.getOrDefault("count", 1)).intValue();
        if (json.get("failSave") != null) {
            Jenkins.get().saveFault().fail((String) json.get("failSave"), count);
        } else if (json.get("failCredentialsSave") != null) {
            credentialsFault().fail((String) json.get("failCredentialsSave"), count);
        } else if (json.get("duringCredentialsSave") != null) {
            String script = (String) json.get("duringCredentialsSave");
            credentialsFault().during(() -> Console.evaluate(script));
        } else if (json.get("failInstall") != null) {
            Jenkins.get().getUpdateCenter().failNext((String) json.get("failInstall"));
        } else if (json.get("failToLoad") != null) {
            Jenkins.get().getPluginManager().failToLoad((String) json.get("failToLoad"));
        } else if (Boolean.TRUE.equals(json.get("expireCrumbs"))) {
            authentication.expireCrumbs();
        } else {
            faults.add(json);
        }
        return Response.json(Map.of("pendingFaults", faults.pending()));
    }

    Response clearFaults() {
        faults.clear();
        Jenkins.get().saveFault().clear();
        credentialsFault().clear();
        Jenkins.get().getUpdateCenter().failNext(null);
        return Response.json(Map.of("pendingFaults", 0));
    }

    private static SaveFault credentialsFault() {
        return SystemCredentialsProvider.getInstance().saveFault();
    }

    /** Restarts at once, as a crash and a new start would: builds are lost. */
    Response restart() {
        host.restart();
        return Response.json(Map.of());
    }

    Response stop() {
        host.stop();
        return Response.json(Map.of());
    }

    Response schedule(Request request) {
        String seconds = request.parameter("seconds");
        Queue.Build build = Jenkins.get()
                .getQueue()
                .schedule(request.parameter("label"), seconds == null ? 1 : Double.parseDouble(seconds));
        return Response.json(describe(build));
    }
}

package standin.http;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.PluginWrapper;
import hudson.Util;
import hudson.model.Computer;
import hudson.plugins.ec2.EC2Computer;
import hudson.plugins.ec2.StandInCloud;
import hudson.plugins.ec2.StandInTemplate;
import hudson.slaves.Cloud;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import standin.generation.GeneratedObject;
import standin.host.ControllerOptions;

/** The page at /: what an administrator would look for. It shows ids of credentials, never what they hold. */
final class FrontPage {
    private static final String STYLE =
            """
            body{font:15px/1.5 system-ui,sans-serif;margin:0;color:#1d2733;background:#f5f6f8}
            header{background:#14304f;color:#fff;padding:1.1rem 2rem}h1{font-size:1.3rem;margin:0}
            header p{margin:.2rem 0 0;opacity:.85}main{max-width:72rem;margin:1.5rem auto;padding:0 1rem}
            section{background:#fff;border:1px solid #dde2e8;border-radius:8px;padding:1rem 1.2rem;margin-bottom:1.2rem}
            h2{font-size:1.05rem;margin:0 0 .6rem}h3{font-size:.95rem;margin:.9rem 0 .3rem}
            table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .8rem .3rem 0;vertical-align:top;
            border-bottom:1px solid #eef1f4}th{font-weight:600;color:#586574;font-size:.85rem}
            .none{color:#7a8794}.up{color:#1a7f37}.wait{color:#9a6700}code{font-size:.9em}
            """;

    private final ControllerOptions options;
    private final Activity activity;

    FrontPage(ControllerOptions options, Activity activity) {
        this.options = options;
        this.activity = activity;
    }

    Response answer() {
        String title = "Controller " + Util.escape(options.name());
        return Response.html(
                200,
                "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"refresh\""
                        + " content=\"5\"><title>" + title + "</title><style>" + STYLE + "</style></head><body><header><h1>"
                        + title + "</h1><p>A stand-in of the playground, not Jenkins: it answers as Jenkins "
                        + Util.escape(Jenkins.VERSION) + " with the EC2 plugin does.</p></header><main>" + clouds()
                        + section("Agents", agents()) + section("Credentials (system store)", credentials())
                        + section("Console", console()) + section("Plugins", plugins()) + "</main></body></html>\n");
    }

    private static String section(String heading, String content) {
        return "<section><h2>" + Util.escape(heading) + "</h2>" + content + "</section>";
    }

    /** A table of plain texts, or a word that there is nothing. */
    private static String table(List<String> columns, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return "<p class=\"none\">None.</p>";
        }
        String head = columns.stream().map(one -> "<th>" + one + "</th>").collect(Collectors.joining());
        String body = rows.stream()
                .map(row -> row.stream()
                        .map(cell -> "<td>" + Util.escape(cell) + "</td>")
                        .collect(Collectors.joining("", "<tr>", "</tr>")))
                .collect(Collectors.joining());
        return "<table><tr>" + head + "</tr>" + body + "</table>";
    }

    private static String clouds() {
        List<Cloud> clouds = Jenkins.get().clouds.toList();
        return clouds.isEmpty()
                ? section("Clouds", table(List.of(), List.of()))
                : clouds.stream().map(FrontPage::cloud).collect(Collectors.joining());
    }

    private static String cloud(Cloud cloud) {
        String about = table(
                List.of("Class", "Region", "Cap", "AWS credentials", "SSH credentials"),
                List.of(List.of(
                        cloud.getClass().getName(), text(cloud, "region"), cap(text(cloud, "instanceCapStr")),
                        text(cloud, "credentialsId"), text(cloud, "sshKeysCredentialsId"))));
        List<List<String>> templates = new ArrayList<>();
        if (cloud instanceof StandInCloud ec2) {
            ec2.getTemplates().forEach(template -> templates.add(row(template)));
        }
        return section(
                "Cloud " + cloud.getDisplayName(),
                about + "<h3>Templates</h3>"
                        + table(List.of("Description", "Labels", "AMI", "Type", "Executors", "Idle", "Cap"), templates));
    }

    private static List<String> row(StandInTemplate template) {
        boolean stops = Boolean.TRUE.equals(GeneratedObject.find(template, "stopOnTerminate"));
        String idle = text(template, "idleTerminationMinutes");
        return List.of(
                text(template, "description"), text(template, "labelString"), text(template, "ami"),
                text(template, "type"), text(template, "numExecutors"),
                idle.isEmpty() || idle.equals("0") ? "stays" : idle + " min, then " + (stops ? "stop" : "terminate"),
                cap(text(template, "instanceCapStr")));
    }

    private static String text(Object object, String parameter) {
        Object value = GeneratedObject.find(object, parameter);
        return value == null ? "" : value.toString();
    }

    private static String cap(String text) {
        return text.isEmpty() ? "unlimited" : text;
    }

    private static String agents() {
        List<List<String>> rows = new ArrayList<>();
        for (Computer computer : Jenkins.get().getComputers()) {
            String state = computer.isConnecting() ? "launching" : computer.isOnline() ? "online" : "offline";
            rows.add(List.of(
                    computer.getName(), state, computer.countBusy() + " of " + computer.countExecutors() + " busy",
                    computer instanceof EC2Computer agent ? String.valueOf(agent.getInstanceId()) : ""));
        }
        return table(List.of("Name", "State", "Executors", "Instance"), rows);
    }

    private static String credentials() {
        List<List<String>> rows = new ArrayList<>();
        for (List<Credentials> domain : SystemCredentialsProvider.getInstance().getDomainCredentialsMap().values()) {
            for (Credentials one : List.copyOf(domain)) {
                StandardCredentials credential = (StandardCredentials) one;
                rows.add(List.of(
                        credential.getId(), credential.getClass().getSimpleName(), String.valueOf(credential.getScope()),
                        credential.getDescription()));
            }
        }
        return table(List.of("Id", "Kind", "Scope", "Description"), rows);
    }

    private String console() {
        return table(
                List.of("Last script", "Scripts since the start", "Writes of config.xml since the start"),
                List.of(List.of(
                        activity.lastScript() == null ? "none yet" : activity.lastScript().toString(),
                        Integer.toString(activity.scripts()), Integer.toString(Jenkins.get().saves()))));
    }

    private static String plugins() {
        List<List<String>> rows = Jenkins.get().getPluginManager().getPlugins().stream()
                .map((PluginWrapper plugin) -> Arrays.asList(plugin.longName(), plugin.shortName(), plugin.version()))
                .toList();
        return table(List.of("Plugin", "Id", "Version"), rows);
    }
}

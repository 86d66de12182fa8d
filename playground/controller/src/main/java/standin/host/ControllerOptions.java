package standin.host;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What one stand-in controller is started with. It stays the same over restarts of that controller.
 *
 * @param name              what it is called in messages and on its page
 * @param home              its folder: config.xml, credentials.xml, nodes/, secrets/, logs
 * @param port              its port on loopback; 0 takes a free one at the first start
 * @param contextPath       "" or "/team-a"
 * @param contracts         folder of the plugin generations' contract files
 * @param plugin            version of the ec2 plugin, null for not installed
 * @param offered           versions of the ec2 plugin that the update centre offers
 * @param user              the administrator
 * @param password          the administrator's password
 * @param token             the administrator's API token
 * @param viewerToken       API token (and password) of the user `viewer`, who may read only
 * @param awsEndpoint       URL of the AWS emulator, null for AWS itself
 * @param machineIdentity   access key of the machine (its instance profile or environment), null for none
 * @param minuteSeconds     seconds that a minute of the plugin lasts
 * @param startSeconds      seconds of answering 503 at each start
 * @param stopSeconds       seconds of refused connections in a restart
 * @param installSeconds    seconds that the installation of a plugin takes
 * @param installNeedsRestart whether also a fresh plugin needs a restart before it is active
 * @param crumbs            false: no crumbs, the crumb issuer answers 404
 * @param crumbSeconds      seconds until a crumb expires
 * @param formLimit         bytes of the largest form accepted; 0 for no limit
 * @param tls               PEM files for HTTPS, null for HTTP
 */
public record ControllerOptions(
        String name,
        Path home,
        int port,
        String contextPath,
        Path contracts,
        String plugin,
        List<String> offered,
        String user,
        String password,
        String token,
        String viewerToken,
        URI awsEndpoint,
        MachineIdentity machineIdentity,
        double minuteSeconds,
        double startSeconds,
        double stopSeconds,
        double installSeconds,
        boolean installNeedsRestart,
        boolean crumbs,
        double crumbSeconds,
        long formLimit,
        Tls tls) {

    /** What AWS' default credentials chain would find on the controller's machine. */
    public record MachineIdentity(String accessKeyId, String secretAccessKey) {}

    /** PEM files: the certificate chain, its key, and the authority that client certificates must come from (or null). */
    public record Tls(Path certificate, Path key, Path clientAuthority) {}

    /** Reads one entry of the start document; see playground/controller/controller.ts, which writes it. */
    @SuppressWarnings("unchecked")
    public static ControllerOptions of(Map<String, Object> json) {
        Map<String, Object> tls = (Map<String, Object>) json.get("tls");
        String endpoint = (String) json.get("awsEndpoint");
        return new ControllerOptions(
                (String) json.get("name"),
                Path.of((String) json.get("home")),
                number(json, "port", 0).intValue(),
                (String) json.getOrDefault("contextPath", ""),
                Path.of((String) json.get("contracts")),
                (String) json.get("plugin"),
                (List<String>) json.getOrDefault("offered", List.of()),
                (String) json.get("user"),
                (String) json.get("password"),
                (String) json.get("token"),
                (String) json.get("viewerToken"),
                endpoint == null ? null : URI.create(endpoint),
                machineIdentity((Map<String, String>) json.get("machineIdentity")),
                number(json, "minuteSeconds", 60).doubleValue(),
                number(json, "startSeconds", 0).doubleValue(),
                number(json, "stopSeconds", 0.5).doubleValue(),
                number(json, "installSeconds", 0.5).doubleValue(),
                Boolean.TRUE.equals(json.get("installNeedsRestart")),
                !Boolean.FALSE.equals(json.get("crumbs")),
                number(json, "crumbSeconds", 1800).doubleValue(),
                number(json, "formLimit", 200_000).longValue(),
                tls == null
                        ? null
                        : new Tls(path(tls, "certificate"), path(tls, "key"), path(tls, "clientAuthority")));
    }

    /** The same controller on the port that it got at its first start. */
    public ControllerOptions withPort(int taken) {
        return new ControllerOptions(
                name, home, taken, contextPath, contracts, plugin, offered, user, password, token, viewerToken,
                awsEndpoint, machineIdentity, minuteSeconds, startSeconds, stopSeconds, installSeconds, installNeedsRestart, crumbs,
                crumbSeconds, formLimit, tls);
    }

    private static MachineIdentity machineIdentity(Map<String, String> json) {
        return json == null ? null : new MachineIdentity(json.get("accessKeyId"), json.get("secretAccessKey"));
    }

    private static Number number(Map<String, Object> json, String key, Number otherwise) {
        Number value = (Number) json.get(key);
        return value == null ? otherwise : value;
    }

    private static Path path(Map<String, Object> json, String key) {
        String value = (String) json.get(key);
        return value == null ? null : Path.of(value);
    }
}

package standin.http;

import hudson.security.ACL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import standin.host.ControllerOptions;

/** Who asks, by basic authentication with a password or an API token; and crumbs, each bound to a session. */
final class Authentication {
    private static final String SESSION_COOKIE = "JSESSIONID";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final ControllerOptions options;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Crumb> crumbs = new ConcurrentHashMap<>();

    private record Crumb(String text, long expiresAtMillis) {
        boolean isValid() {
            return System.currentTimeMillis() < expiresAtMillis;
        }
    }

    Authentication(ControllerOptions options) {
        this.options = options;
    }

    /** Notes who asks; an answer where the request goes no further. */
    Response check(Request request) {
        String header = request.header("Authorization");
        if (header != null && header.startsWith("Basic ") && !identify(request, header.substring("Basic ".length()))) {
            return Response.error(401, "Invalid password/token for user: " + userOf(header))
                    .with("WWW-Authenticate", "Basic realm=\"Jenkins\"");
        }
        boolean needsCrumb = options.crumbs() && !SAFE.contains(request.method()) && !request.byApiToken();
        if (needsCrumb && !request.path().startsWith("/playground/") && !hasCrumb(request)) {
            return Response.error(403, "No valid crumb was included in the request");
        }
        return null;
    }

    private boolean identify(Request request, String encoded) {
        String pair = decode(encoded);
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return false;
        }
        String user = pair.substring(0, colon);
        String secret = pair.substring(colon + 1);
        if (user.equals(options.user()) && (same(secret, options.token()) || same(secret, options.password()))) {
            request.authenticated(new ACL.Identity(user, true), same(secret, options.token()));
            return true;
        }
        if (user.equals("viewer") && same(secret, options.viewerToken())) {
            request.authenticated(new ACL.Identity(user, false), true);
            return true;
        }
        return false;
    }

    private static String userOf(String header) {
        return decode(header.substring("Basic ".length())).split(":", 2)[0];
    }

    private static String decode(String encoded) {
        try {
            return new String(Base64.getDecoder().decode(encoded.trim()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    private static boolean same(String one, String other) {
        return other != null
                && MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private boolean hasCrumb(Request request) {
        String given = request.header("Jenkins-Crumb");
        String session = request.cookie(SESSION_COOKIE);
        Crumb crumb = session == null ? null : crumbs.get(session);
        return given != null && crumb != null && crumb.isValid() && same(given, crumb.text());
    }

    /** The answer of the crumb issuer: the session's crumb, in a new session where the request has none. */
    Response crumb(Request request) {
        String session = request.cookie(SESSION_COOKIE);
        Crumb known = session == null ? null : crumbs.get(session);
        boolean fresh = known == null;
        String id = fresh ? "node0" + token(16) : session;
        Crumb crumb = fresh || !known.isValid()
                ? new Crumb(token(32), System.currentTimeMillis() + (long) (options.crumbSeconds() * 1000))
                : known;
        crumbs.put(id, crumb);
        Response response = Response.json(Map.of(
                "_class", "hudson.security.csrf.DefaultCrumbIssuer",
                "crumb", crumb.text(),
                "crumbRequestField", "Jenkins-Crumb"));
        return fresh
                ? response.with("Set-Cookie", SESSION_COOKIE + ".standin=" + id + "; Path=" + options.contextPath() + "/; HttpOnly")
                : response;
    }

    /** Stand-in only: every crumb given so far is stale. */
    void expireCrumbs() {
        crumbs.replaceAll((session, crumb) -> new Crumb(crumb.text(), 0));
    }

    private String token(int bytes) {
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        return HexFormat.of().formatHex(noise);
    }
}

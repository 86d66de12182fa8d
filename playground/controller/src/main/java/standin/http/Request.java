package standin.http;

import com.sun.net.httpserver.HttpExchange;
import hudson.security.ACL;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** One request: its path inside the controller, and its body read once, up to a limit. */
final class Request {
    private final HttpExchange exchange;
    private final String path;
    private final Map<String, String> query;
    private final byte[] body;
    private ACL.Identity user = ACL.ANONYMOUS;
    private boolean apiToken;

    /** Thrown for a form that is larger than the controller takes. */
    static final class TooLarge extends IOException {
        TooLarge(long limit) {
            super("Form is larger than max length " + limit);
        }
    }

    /** @param limit bytes of the largest body accepted, 0 for no limit */
    Request(HttpExchange exchange, String contextPath, long limit) throws IOException {
        this.exchange = exchange;
        this.path = exchange.getRequestURI().getPath().substring(contextPath.length());
        this.query = pairs(exchange.getRequestURI().getRawQuery());
        this.body = read(exchange.getRequestBody(), limit);
    }

    private static byte[] read(InputStream input, long limit) throws IOException {
        byte[] all = input.readAllBytes();
        if (limit > 0 && all.length > limit) {
            throw new TooLarge(limit);
        }
        return all;
    }

    private static Map<String, String> pairs(String encoded) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (encoded != null && !encoded.isEmpty()) {
            for (String pair : encoded.split("&")) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                pairs.putIfAbsent(decode(name), decode(value));
            }
        }
        return pairs;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    String method() {
        return exchange.getRequestMethod();
    }

    /** Starts with a slash; without the context path. */
    String path() {
        return path;
    }

    String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    String body() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** A parameter of the query or of a URL-encoded form; null where there is none. A multipart form has none. */
    String parameter(String name) {
        String type = header("Content-Type");
        boolean form = type != null && type.toLowerCase(java.util.Locale.ROOT).startsWith("application/x-www-form-urlencoded");
        String inQuery = query.get(name);
        return inQuery != null || !form ? inQuery : pairs(body()).get(name);
    }

    /** The value of a cookie whose name starts so, or null. */
    String cookie(String prefix) {
        String cookies = header("Cookie");
        if (cookies != null) {
            for (String cookie : cookies.split(";\\s*")) {
                if (cookie.startsWith(prefix) && cookie.indexOf('=') > 0) {
                    return cookie.substring(cookie.indexOf('=') + 1);
                }
            }
        }
        return null;
    }

    ACL.Identity user() {
        return user;
    }

    boolean byApiToken() {
        return apiToken;
    }

    void authenticated(ACL.Identity identity, boolean byToken) {
        user = identity;
        apiToken = byToken;
    }
}

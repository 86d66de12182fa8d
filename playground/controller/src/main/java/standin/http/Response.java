package standin.http;

import groovy.json.JsonOutput;
import hudson.Util;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** One answer. */
record Response(int status, Map<String, String> headers, byte[] body) {
    /** Sent along, and of no meaning to a client. */
    private static final String WITHOUT_JENKINS = "X-Without-Jenkins";

    static Response text(int status, String type, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", type + ";charset=utf-8");
        return new Response(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    static Response plain(String body) {
        return text(200, "text/plain", body);
    }

    static Response html(int status, String body) {
        return text(status, "text/html", body);
    }

    static Response json(Object content) {
        return text(200, "application/json", JsonOutput.toJson(content));
    }

    /** An error page as Jetty writes it. */
    static Response error(int status, String message) {
        return html(
                status,
                "<html><head><title>Error " + status + "</title></head><body><h2>HTTP ERROR " + status + "</h2><p>"
                        + Util.escape(message) + "</p></body></html>\n");
    }

    static Response redirect(String location) {
        return html(302, "").with("Location", location);
    }

    /** The same answer without Jenkins' own header. */
    Response withoutJenkins() {
        return with(WITHOUT_JENKINS, "");
    }

    boolean isWithoutJenkins() {
        return headers.containsKey(WITHOUT_JENKINS);
    }

    Response with(String header, String value) {
        headers.put(header, value);
        return this;
    }
}

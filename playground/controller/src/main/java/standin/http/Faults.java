package standin.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Stand-in only: what goes wrong with the next requests, as a test asked for. */
final class Faults {
    private final List<Fault> pending = new ArrayList<>();

    /**
     * A fault for some of the next requests.
     *
     * @param path        part of the path that it strikes, empty for all
     * @param method      or null for all
     * @param status      answered in place of the request, 0 to process it
     * @param body        of that answer
     * @param retryAfter  header of that answer, or null
     * @param hangSeconds waited before anything else
     * @param drop        "before": the connection is closed unprocessed; "after": processed, then closed; or null
     * @param goesOn      the status is answered at once and the request processed all the same, after hangSeconds
     */
    record Fault(
            String path,
            String method,
            int status,
            String body,
            String retryAfter,
            double hangSeconds,
            String drop,
            boolean goesOn) {

        /** Hangs if it must; false where the connection is to be closed. */
        boolean before() {
            try {
                Thread.sleep((long) (hangSeconds * 1000));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return false;
            }
            return !"before".equals(drop);
        }

        boolean answers() {
            return status > 0;
        }

        Response response() {
            Response response = Response.error(status, body == null ? "Fault asked for by a test" : body);
            return retryAfter == null ? response : response.with("Retry-After", retryAfter);
        }

        boolean dropsAnswer() {
            return "after".equals(drop);
        }

        private boolean strikes(String requestMethod, String requestPath) {
            return requestPath.contains(path) && (method == null || method.equals(requestMethod));
        }
    }

    /** Adds what a test posts: the fields of {@link Fault}, `count` (default 1) and `skip` (requests let through first). */
    synchronized void add(Map<String, Object> json) {
        Fault fault = new Fault(
                (String) json.getOrDefault("path", ""),
                (String) json.get("method"),
                number(json, "status", 0).intValue(),
                (String) json.get("body"),
                json.get("retryAfter") == null ? null : json.get("retryAfter").toString(),
                number(json, "hangSeconds", 0).doubleValue(),
                (String) json.get("drop"),
                Boolean.TRUE.equals(json.get("goesOn")));
        Fault harmless = new Fault(fault.path(), fault.method(), 0, null, null, 0, null, false);
        for (int i = 0; i < number(json, "skip", 0).intValue(); i++) {
            pending.add(harmless);
        }
        for (int i = 0; i < number(json, "count", 1).intValue(); i++) {
            pending.add(fault);
        }
    }

    synchronized void clear() {
        pending.clear();
    }

    synchronized int pending() {
        return pending.size();
    }

    /** The fault for this request, used up by it; null for none. Requests to /playground are spared. */
    synchronized Fault next(String method, String path) {
        if (path.contains("/playground/")) {
            return null;
        }
        for (Fault fault : pending) {
            if (fault.strikes(method, path)) {
                pending.remove(fault);
                return fault;
            }
        }
        return null;
    }

    private static Number number(Map<String, Object> json, String key, Number otherwise) {
        Number value = (Number) json.get(key);
        return value == null ? otherwise : value;
    }
}

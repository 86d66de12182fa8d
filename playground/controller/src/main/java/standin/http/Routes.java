package standin.http;

import hudson.security.ACL;
import hudson.security.AccessDeniedException3;
import hudson.security.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import standin.host.ControllerOptions;

/** Which request goes where, and what right it takes. */
final class Routes {
    /** Answers one kind of request; the parts are the path's. */
    interface Handler {
        Response answer(Request request, List<String> parts) throws Exception;
    }

    private record Route(String method, Pattern path, Permission permission, Handler handler) {}

    private final List<Route> routes = new ArrayList<>();

    Routes(ControllerOptions options, Authentication authentication, Playground playground, Activity activity) {
        FrontPage page = new FrontPage(options, activity);
        Console console = new Console(activity);
        Information information = new Information(options);
        Plugins plugins = new Plugins(options);
        Clouds clouds = new Clouds(options);
        Computers computers = new Computers(options);

        add("GET", "/", null, (request, parts) -> page.answer());
        add("GET", "/login", null, (request, parts) -> Response.html(200, "<html><body>Sign in to Jenkins</body></html>"));
        add("GET", "/whoAmI/api/json", null, (request, parts) -> information.whoAmI());
        add("GET", "/api/json", Jenkins.READ, (request, parts) -> information.root());
        add("GET", "/crumbIssuer/api/json", Jenkins.READ, (request, parts) ->
                options.crumbs() ? authentication.crumb(request) : Response.error(404, "Not Found"));
        add("POST", "/scriptText", Jenkins.ADMINISTER, (request, parts) -> console.run(request));
        add("GET", "/pluginManager/api/json", Jenkins.ADMINISTER, (request, parts) -> plugins.list());
        add("POST", "/pluginManager/installNecessaryPlugins", Jenkins.ADMINISTER,
                (request, parts) -> plugins.install(request));
        add("GET", "/updateCenter/api/json", Jenkins.ADMINISTER, (request, parts) -> plugins.updateCenter());
        add("POST", "/safeRestart", Jenkins.ADMINISTER, (request, parts) -> plugins.safeRestart());
        add("POST", "/quietDown", Jenkins.ADMINISTER, (request, parts) -> plugins.quietDown(true));
        add("POST", "/cancelQuietDown", Jenkins.ADMINISTER, (request, parts) -> plugins.quietDown(false));
        add("POST", "/descriptorByName/([^/]+)/testConnection", Jenkins.ADMINISTER, clouds::testConnection);
        add("POST", "/cloud/([^/]+)/provision", Jenkins.ADMINISTER, clouds::provision);
        add("GET", "/computer/api/json", Jenkins.READ, (request, parts) -> computers.list());
        add("GET", "/computer/([^/]+)/api/json", Jenkins.READ, computers::one);
        add("GET", "/computer/([^/]+)/logText/progressiveText", Jenkins.READ, computers::log);
        add("POST", "/computer/([^/]+)/doDelete", Jenkins.ADMINISTER, computers::delete);
        add("GET", "/playground/state", Jenkins.ADMINISTER, (request, parts) -> playground.state());
        add("POST", "/playground/faults", Jenkins.ADMINISTER, (request, parts) -> playground.addFault(request));
        add("DELETE", "/playground/faults", Jenkins.ADMINISTER, (request, parts) -> playground.clearFaults());
        add("POST", "/playground/restart", Jenkins.ADMINISTER, (request, parts) -> playground.restart());
        add("POST", "/playground/stop", Jenkins.ADMINISTER, (request, parts) -> playground.stop());
        add("POST", "/playground/builds", Jenkins.ADMINISTER, (request, parts) -> playground.schedule(request));
    }

    /** @param permission that it takes, null for none */
    private void add(String method, String path, Permission permission, Handler handler) {
        routes.add(new Route(method, Pattern.compile(path), permission, handler));
    }

    Response answer(Request request) {
        Route otherMethod = null;
        for (Route route : routes) {
            Matcher matcher = route.path().matcher(request.path());
            if (matcher.matches()) {
                if (request.method().equals(route.method())) {
                    return answer(route, request, parts(matcher));
                }
                otherMethod = route;
            }
        }
        return otherMethod == null ? notFound() : wrongMethod(otherMethod);
    }

    private Response answer(Route route, Request request, List<String> parts) {
        try {
            require(route.permission());
            return route.handler().answer(request, parts);
        } catch (AccessDeniedException3 denied) {
            return denied(denied);
        } catch (RuntimeException problem) {
            throw problem;
        } catch (Exception problem) {
            throw new IllegalStateException(problem);
        }
    }

    private static void require(Permission permission) {
        if (permission != null) {
            Jenkins.get().checkPermission(permission);
        }
    }

    private static Response denied(AccessDeniedException3 denied) {
        String reason = ACL.current() == ACL.ANONYMOUS ? "Authentication required" : denied.getMessage();
        return Response.error(403, reason)
                .with("X-You-Are-Authenticated-As", ACL.current().name())
                .with("X-Required-Permission", denied.permission.getId());
    }

    private static Response notFound() {
        return Jenkins.get().hasPermission(Jenkins.READ)
                ? Response.error(404, "Not Found")
                : Response.error(403, "Authentication required");
    }

    private static Response wrongMethod(Route route) {
        try {
            require(route.permission());
        } catch (AccessDeniedException3 denied) {
            return denied(denied);
        }
        return Response.error(405, "This URL requires " + route.method()).with("Allow", route.method());
    }

    private static List<String> parts(Matcher matcher) {
        List<String> parts = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            parts.add(matcher.group(i));
        }
        return parts;
    }
}

package standin.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hudson.security.ACL;
import hudson.security.AccessDeniedException3;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import standin.host.ControllerOptions;
import standin.host.Lifecycle;

/** The controller's port: faults, start-up, authentication, crumbs, then the route. */
public final class Front {
    private static final Logger LOGGER = Logger.getLogger(Front.class.getName());

    private final ControllerOptions options;
    private final Lifecycle host;
    private final Authentication authentication;
    private final Faults faults = new Faults();
    private final Activity activity = new Activity();
    private final ExecutorService threads;
    private HttpServer server;
    private volatile Routes routes;
    private volatile Throwable failure;
    private final AtomicInteger answersWhileStarting = new AtomicInteger();

    public Front(ControllerOptions options, Lifecycle host) {
        this.options = options;
        this.host = host;
        this.authentication = new Authentication(options);
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "request to " + options.name());
            thread.setDaemon(true);
            thread.setContextClassLoader(getClass().getClassLoader());
            return thread;
        });
    }

    public void open() throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), options.port());
        server = options.tls() == null ? HttpServer.create(address, 0) : Https.create(address, options.tls());
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** From here on requests are answered; before, with 503. */
    public void ready() {
        routes = new Routes(options, authentication, new Playground(authentication, faults, activity, host), activity);
    }

    /** The controller cannot start: every answer says why. */
    public void failed(Throwable reason) {
        failure = reason;
    }

    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Faults.Fault fault = faults.next(exchange.getRequestMethod(), exchange.getRequestURI().getPath());
            if (fault != null && fault.goesOn()) {
                goOn(exchange, fault);
                return;
            }
            if (fault != null && !fault.before()) {
                return;
            }
            Response response = fault != null && fault.answers() ? fault.response() : answer(exchange);
            if (fault == null || !fault.dropsAnswer()) {
                send(exchange, response);
            }
        }
    }

    /** As behind a proxy that has waited for long enough: its answer, and the request is processed all the same. */
    private void goOn(HttpExchange exchange, Faults.Fault fault) throws IOException {
        Request request = new Request(exchange, options.contextPath(), options.formLimit());
        send(exchange, fault.response());
        exchange.close();
        fault.before();
        routed(request);
    }

    private Response answer(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        if (!path.startsWith(options.contextPath() + "/")) {
            return path.equals(options.contextPath())
                    ? Response.redirect(options.contextPath() + "/")
                    : Response.error(404, "Not Found");
        }
        if (routes == null) {
            return starting(path.endsWith("/login"));
        }
        try {
            return routed(new Request(exchange, options.contextPath(), options.formLimit()));
        } catch (Request.TooLarge tooLarge) {
            return Response.error(400, "Bad Message: java.lang.IllegalStateException: " + tooLarge.getMessage());
        } catch (AccessDeniedException3 denied) {
            return Response.error(403, denied.getMessage());
        } catch (Exception problem) {
            LOGGER.log(Level.WARNING, "Error while serving " + path, problem);
            StringWriter trace = new StringWriter();
            problem.printStackTrace(new PrintWriter(trace));
            return Response.error(500, "Oops! A problem occurred while processing the request.\n" + trace);
        }
    }

    private Response routed(Request request) {
        Response refused = authentication.check(request);
        return refused != null ? refused : ACL.runAs(request.user(), () -> routes.answer(request));
    }

    /**
     * What Jenkins 2.479.3 and 2.541.3 answered to a request with a valid token while they started, polled every 40 ms after a
     * kill: one after the other here. Login, which needs nobody's rights, is only not there yet.
     */
    private Response starting(boolean isLogin) {
        if (failure != null) {
            return Response.error(500, "The stand-in controller cannot start: " + failure);
        }
        return switch (isLogin ? 0 : answersWhileStarting.getAndIncrement() % 5) {
            case 1 -> Response.error(500, "java.lang.AssertionError: class hudson.security.csrf.DefaultCrumbIssuer is missing its descriptor")
                    .withoutJenkins();
            case 2 -> Response.error(403, "No valid crumb was included in the request");
            case 3 -> Response.error(401, "Unauthorized");
            case 4 -> Response.error(500, "Oops! A problem occurred while processing the request.");
            default -> gettingReady();
        };
    }

    private static Response gettingReady() {
        return Response.html(
                503,
                "<html><head><meta http-equiv=\"refresh\" content=\"5\"></head><body><h1>Please wait while Jenkins is"
                        + " getting ready to work…</h1><p>Your browser will reload automatically when Jenkins is"
                        + " ready.</p></body></html>\n");
    }

    private void send(HttpExchange exchange, Response response) throws IOException {
        // Measured on 2.479.3: no 401 has it, nor the answer of a script.
        boolean isScript = exchange.getRequestURI().getPath().endsWith("/scriptText");
        if (!response.isWithoutJenkins() && response.status() != 401 && !(isScript && response.status() == 200)) {
            exchange.getResponseHeaders().set("X-Jenkins", version());
        }
        exchange.getResponseHeaders().set("X-Stand-In", "jenkins-ec2-agents playground controller");
        for (Map.Entry<String, String> header : response.headers().entrySet()) {
            exchange.getResponseHeaders().add(header.getKey(), header.getValue());
        }
        int length = response.body().length;
        exchange.sendResponseHeaders(response.status(), length == 0 ? -1 : length);
        if (length > 0) {
            exchange.getResponseBody().write(response.body());
        }
    }

    private static String version() {
        return jenkins.model.Jenkins.VERSION == null ? "2.479.3" : jenkins.model.Jenkins.VERSION;
    }
}

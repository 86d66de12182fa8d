package standin.http;

import standin.host.ControllerOptions;

/** The page at /. */
final class FrontPage {
    private final ControllerOptions options;
    private final Activity activity;

    FrontPage(ControllerOptions options, Activity activity) {
        this.options = options;
        this.activity = activity;
    }

    Response answer() {
        return Response.html(200, "stand-in " + options.name() + activity.scripts());
    }
}

package standin.http;

import hudson.security.ACL;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import standin.host.ControllerOptions;

/** Who is asking, and what is asked. */
final class Information {
    private final ControllerOptions options;

    Information(ControllerOptions options) {
        this.options = options;
    }

    Response whoAmI() {
        ACL.Identity user = ACL.current();
        boolean anonymous = user == ACL.ANONYMOUS;
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("_class", "hudson.security.WhoAmI");
        said.put("anonymous", anonymous);
        said.put("authenticated", !anonymous);
        said.put("authorities", anonymous ? List.of("anonymous") : List.of("authenticated"));
        said.put("name", user.name());
        return Response.json(said);
    }

    Response root() {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("_class", "hudson.model.Hudson");
        said.put("mode", "NORMAL");
        said.put("nodeDescription", "the Jenkins controller's built-in node (stand-in: " + options.name() + ")");
        said.put("nodeName", "");
        said.put("numExecutors", 0);
        said.put("jobs", List.of());
        said.put("quietingDown", Jenkins.get().isQuietingDown());
        said.put("url", Jenkins.get().getRootUrl());
        said.put("useCrumbs", options.crumbs());
        said.put("useSecurity", true);
        return Response.json(said);
    }
}

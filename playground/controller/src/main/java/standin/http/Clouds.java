package standin.http;

import hudson.plugins.ec2.EC2AbstractSlave;
import hudson.plugins.ec2.StandInCloud;
import hudson.plugins.ec2.StandInTemplate;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import software.amazon.awssdk.core.exception.SdkException;
import standin.aws.CloudConnection;
import standin.aws.ConnectionTest;
import standin.host.ControllerOptions;

/** Test Connection, and an agent by template. */
final class Clouds {
    private final ControllerOptions options;

    Clouds(ControllerOptions options) {
        this.options = options;
    }

    Response testConnection(Request request, List<String> parts) {
        if (!parts.get(0).equals(cloudClass().orElse(null))) {
            return Response.error(404, "Not Found");
        }
        CloudConnection connection = new CloudConnection(
                request.parameter("altEC2Endpoint"),
                request.parameter("region"),
                "true".equals(request.parameter("useInstanceProfileForCredentials")),
                request.parameter("credentialsId"),
                request.parameter("sshKeysCredentialsId"),
                request.parameter("roleArn"),
                request.parameter("roleSessionName"));
        return Response.html(200, ConnectionTest.run(connection).renderHtml());
    }

    /** The class whose descriptor has the test: EC2Cloud, or AmazonEC2Cloud where EC2Cloud is abstract. */
    private static Optional<String> cloudClass() {
        return Jenkins.get().getPluginManager().generation().map(contract -> {
            boolean old = contract.classes().get("hudson.plugins.ec2.EC2Cloud").isAbstract();
            return old ? "hudson.plugins.ec2.AmazonEC2Cloud" : "hudson.plugins.ec2.EC2Cloud";
        });
    }

    Response provision(Request request, List<String> parts) {
        if (!(Jenkins.get().getCloud(parts.get(0)) instanceof StandInCloud cloud)) {
            return Response.error(404, "Not Found");
        }
        String description = request.parameter("template");
        if (description == null) {
            return Response.error(400, "The 'template' query parameter is missing");
        }
        StandInTemplate template = cloud.getTemplate(description);
        if (template == null) {
            return Response.error(400, "No such template: " + description);
        }
        try {
            EC2AbstractSlave agent = cloud.provision(template);
            return agent == null
                    ? Response.error(400, "Cloud or AMI instance cap would be exceeded for: " + description)
                    : Response.redirect(options.contextPath() + "/computer/" + Computers.encode(agent.getNodeName()));
        } catch (SdkException problem) {
            return Response.error(500, "Oops! A problem occurred while processing the request.\n" + StackTraces.of(problem));
        }
    }
}

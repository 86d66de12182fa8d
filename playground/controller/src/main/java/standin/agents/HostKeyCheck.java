package standin.agents;

import hudson.plugins.ec2.EC2Computer;
import hudson.plugins.ec2.StandInTemplate;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceTypeHypervisor;
import standin.aws.CloudConnection;
import standin.generation.GeneratedObject;

/** What the plugin asks EC2 before it logs in where it checks host keys. No key is compared: nothing connects here. */
final class HostKeyCheck {
    private static final Logger LOGGER = Logger.getLogger(HostKeyCheck.class.getName());

    private HostKeyCheck() {}

    /** Reads the console, as {@code CheckNewHardStrategy} and {@code CheckNewSoftStrategy} do; the default is the soft one. */
    static void ask(EC2Computer agent) {
        StandInTemplate template = agent.getSlaveTemplate();
        if (template == null || !template.isSSHAgent()) {
            return;
        }
        Enum<?> strategy = GeneratedObject.find(template, "hostKeyVerificationStrategy");
        if (strategy != null && !strategy.name().startsWith("CHECK_NEW")) {
            return;
        }
        Ec2Client ec2 = CloudConnection.of(agent.getCloud()).client();
        boolean latest = isNitro(ec2, String.valueOf(GeneratedObject.<Object>find(template, "type")));
        try {
            ec2.getConsoleOutput(request -> request.instanceId(agent.getInstanceId()).latest(latest ? true : null));
        } catch (SdkException problem) {
            LOGGER.log(Level.WARNING, "Cannot read the console of " + agent.getName(), problem);
            agent.logLine("Cannot read the console: " + problem.getMessage());
        }
    }

    /** {@code EC2Computer.checkIfNitro}: a refusal is logged and stands for no. */
    private static boolean isNitro(Ec2Client ec2, String type) {
        try {
            return ec2.describeInstanceTypes(request -> request.instanceTypesWithStrings(type)).instanceTypes().stream()
                    .anyMatch(found -> found.hypervisor() == InstanceTypeHypervisor.NITRO);
        } catch (SdkException problem) {
            LOGGER.log(
                    Level.WARNING, "Could not describe-instance-types to check if instance is nitro based", problem);
            return false;
        }
    }
}

package hudson.plugins.ec2;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.JenkinsLocationConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.MarketType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import standin.aws.ConnectionTest;
import standin.generation.GeneratedObject;

/**
 * One instance with what the template configures: image, type, key pair, subnet, security groups, instance profile, user
 * data, Spot market, shutdown, tags. How the plugin's releases differ in a launch is not simulated.
 */
final class Launch {
    private final StandInCloud cloud;
    private final StandInTemplate template;
    private final Ec2Client ec2;

    Launch(StandInCloud cloud, StandInTemplate template) {
        this.cloud = cloud;
        this.template = template;
        this.ec2 = cloud.connect();
    }

    /**
     * Launches the instance and makes the agent for it.
     *
     * @throws SdkException where the key pair is not in EC2, or EC2 refuses the launch
     */
    EC2OndemandSlave run() {
        String id = ec2.runInstances(request()).instances().get(0).instanceId();
        return new EC2OndemandSlave(template, id);
    }

    private RunInstancesRequest request() {
        RunInstancesRequest.Builder request = RunInstancesRequest.builder()
                .minCount(1)
                .maxCount(1)
                .imageId(text("ami"))
                .instanceType(text("type"))
                .keyName(keyName())
                .subnetId(template.chooseSubnetId())
                .instanceInitiatedShutdownBehavior(
                        flag("stopOnTerminate") ? ShutdownBehavior.STOP : ShutdownBehavior.TERMINATE)
                .tagSpecifications(tags(ResourceType.INSTANCE), tags(ResourceType.VOLUME));
        Set<String> groups = template.getSecurityGroupSet();
        if (groups.stream().allMatch(group -> group.startsWith("sg-"))) {
            request.securityGroupIds(groups);
        } else {
            request.securityGroups(groups);
        }
        if (text("iamInstanceProfile") != null) {
            request.iamInstanceProfile(profile -> profile.arn(text("iamInstanceProfile")));
        }
        if (text("userData") != null) {
            byte[] data = text("userData").getBytes(StandardCharsets.UTF_8);
            request.userData(Base64.getEncoder().encodeToString(data));
        }
        if (GeneratedObject.find(template, "spotConfig") != null) {
            request.instanceMarketOptions(market -> market.marketType(MarketType.SPOT));
        }
        return request.build();
    }

    private String text(String parameter) {
        Object value = GeneratedObject.find(template, parameter);
        return value == null || value.toString().isBlank() ? null : value.toString().trim();
    }

    private boolean flag(String parameter) {
        return Boolean.TRUE.equals(GeneratedObject.find(template, parameter));
    }

    private String keyName() {
        EC2PrivateKey key = cloud.resolvePrivateKey();
        try {
            if (key != null) {
                return ConnectionTest.find(ec2, key).orElseThrow(Launch::noKeyPair).keyName();
            }
        } catch (IOException unreadable) {
            // The same for the plugin as a key that EC2 does not have.
        }
        throw noKeyPair();
    }

    private static SdkException noKeyPair() {
        return SdkClientException.create("No matching keypair found on EC2. Is the EC2 private key a valid one?");
    }

    private TagSpecification tags(ResourceType resource) {
        Map<String, String> tags = template.ownTags();
        tags.putIfAbsent("jenkins_slave_type", "demand_" + template.description());
        String url = JenkinsLocationConfiguration.get().getUrl();
        if (url != null) {
            tags.putIfAbsent("jenkins_server_url", url);
        }
        List<Tag> all = tags.entrySet().stream()
                .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        return TagSpecification.builder().resourceType(resource).tags(all).build();
    }
}

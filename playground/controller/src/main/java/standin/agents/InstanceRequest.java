package standin.agents;

import hudson.Util;
import hudson.plugins.ec2.StandInTemplate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jenkins.model.Jenkins;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileSpecification;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataEndpointState;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.Placement;
import software.amazon.awssdk.services.ec2.model.RequestSpotInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RequestSpotLaunchSpecification;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.ec2.model.SpotPlacement;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import standin.generation.GeneratedObject;

/** What a template asks of EC2, as a request on demand or as a spot request. */
final class InstanceRequest {
    private final Ec2Client ec2;
    private final StandInTemplate template;
    private final String keyName;
    private final String subnetId;

    InstanceRequest(Ec2Client ec2, StandInTemplate template, String keyName) {
        this.ec2 = ec2;
        this.template = template;
        this.keyName = keyName;
        this.subnetId = template.chooseSubnetId();
    }

    private <T> T of(String parameter) {
        return GeneratedObject.find(template, parameter);
    }

    private String text(String parameter) {
        Object value = of(parameter);
        return value == null ? null : Util.fixEmptyAndTrim(value.toString());
    }

    private boolean flag(String parameter) {
        return Boolean.TRUE.equals(of(parameter));
    }

    RunInstancesRequest onDemand() {
        RunInstancesRequest.Builder request = RunInstancesRequest.builder()
                .minCount(1)
                .maxCount(1)
                .imageId(imageId())
                .instanceType(text("type"))
                .keyName(keyName)
                .userData(userData())
                .ebsOptimized(flag("ebsOptimized"))
                .monitoring(monitoring -> monitoring.enabled(flag("monitoring")))
                .placement(placement())
                .metadataOptions(metadataOptions())
                .blockDeviceMappings(DeviceMappings.parse(text("customDeviceMapping")))
                .instanceInitiatedShutdownBehavior(
                        flag("stopOnTerminate") ? ShutdownBehavior.STOP : ShutdownBehavior.TERMINATE)
                .tagSpecifications(tags(ResourceType.INSTANCE), tags(ResourceType.VOLUME));
        if (text("iamInstanceProfile") != null) {
            request.iamInstanceProfile(instanceProfile());
        }
        if (flag("t2Unlimited")) {
            request.creditSpecification(credits -> credits.cpuCredits("unlimited"));
        }
        if (flag("enclaveEnabled")) {
            request.enclaveOptions(enclave -> enclave.enabled(true));
        }
        if (publicAddress() == null) {
            request.subnetId(subnetId).securityGroupIds(securityGroups());
        } else {
            request.networkInterfaces(networkInterface());
        }
        return request.build();
    }

    RequestSpotInstancesRequest spot(Object configuration) {
        RequestSpotLaunchSpecification.Builder specification = RequestSpotLaunchSpecification.builder()
                .imageId(imageId())
                .instanceType(text("type"))
                .keyName(keyName)
                .userData(userData())
                .ebsOptimized(flag("ebsOptimized"))
                .blockDeviceMappings(DeviceMappings.parse(text("customDeviceMapping")));
        if (text("zone") != null) {
            specification.placement(SpotPlacement.builder().availabilityZone(text("zone")).build());
        }
        if (text("iamInstanceProfile") != null) {
            specification.iamInstanceProfile(instanceProfile());
        }
        if (publicAddress() == null) {
            specification.subnetId(subnetId).securityGroupIds(securityGroups());
        } else {
            specification.networkInterfaces(networkInterface());
        }
        String price = GeneratedObject.find(configuration, "spotMaxBidPrice");
        boolean bids = Boolean.TRUE.equals(GeneratedObject.find(configuration, "useBidPrice"));
        return RequestSpotInstancesRequest.builder()
                .instanceCount(1)
                .spotPrice(bids ? price : null)
                .launchSpecification(specification.build())
                .tagSpecifications(tags(ResourceType.SPOT_INSTANCES_REQUEST))
                .build();
    }

    private String imageId() {
        if (text("ami") != null) {
            return text("ami");
        }
        List<Object> filters = of("amiFilters");
        List<Image> images = ec2.describeImages(request -> {
            if (filters != null) {
                request.filters(filters.stream().map(InstanceRequest::filter).toList());
            }
            request.owners(template.separated("amiOwners")).executableUsers(template.separated("amiUsers"));
        }).images();
        return images.stream()
                .max(Comparator.comparing(Image::creationDate))
                .orElseThrow(() -> SdkClientException.create("Unable to find image for request"))
                .imageId();
    }

    private static Filter filter(Object filter) {
        String values = GeneratedObject.find(filter, "values");
        return Filter.builder()
                .name(GeneratedObject.find(filter, "name"))
                .values(values.trim().split("[,\\s]+"))
                .build();
    }

    private String userData() {
        String data = of("userData");
        return data == null || data.isEmpty()
                ? null
                : Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8));
    }

    private Placement placement() {
        Enum<?> tenancy = of("tenancy");
        return Placement.builder()
                .availabilityZone(text("zone"))
                .tenancy(tenancy == null ? null : tenancy.name().toLowerCase(Locale.ROOT))
                .build();
    }

    private InstanceMetadataOptionsRequest metadataOptions() {
        if (of("metadataEndpointEnabled") == null && of("metadataTokensRequired") == null) {
            return null;
        }
        return InstanceMetadataOptionsRequest.builder()
                .httpEndpoint(
                        Boolean.FALSE.equals(of("metadataEndpointEnabled"))
                                ? InstanceMetadataEndpointState.DISABLED
                                : InstanceMetadataEndpointState.ENABLED)
                .httpTokens(flag("metadataTokensRequired") ? HttpTokensState.REQUIRED : HttpTokensState.OPTIONAL)
                .httpPutResponseHopLimit(of("metadataHopsLimit"))
                .build();
    }

    private IamInstanceProfileSpecification instanceProfile() {
        return IamInstanceProfileSpecification.builder().arn(text("iamInstanceProfile")).build();
    }

    /** Whether to ask for a public address; null leaves it to the subnet. */
    private Boolean publicAddress() {
        Enum<?> strategy = of("associateIPStrategy");
        if (strategy == null) {
            return flag("associatePublicIp") ? true : null;
        }
        return switch (strategy.name()) {
            case "PUBLIC_IP" -> true;
            case "PRIVATE_IP" -> false;
            default -> null;
        };
    }

    private InstanceNetworkInterfaceSpecification networkInterface() {
        return InstanceNetworkInterfaceSpecification.builder()
                .deviceIndex(0)
                .subnetId(subnetId)
                .groups(securityGroups())
                .associatePublicIpAddress(publicAddress())
                .build();
    }

    /** Ids of the groups that the template names, by id or by name. */
    private List<String> securityGroups() {
        Set<String> wanted = template.getSecurityGroupSet();
        List<String> ids = new ArrayList<>(wanted.stream().filter(group -> group.startsWith("sg-")).toList());
        List<String> names = wanted.stream().filter(group -> !group.startsWith("sg-")).toList();
        if (!names.isEmpty()) {
            ec2.describeSecurityGroups(request -> request.filters(
                    Filter.builder().name("group-name").values(names).build()))
                    .securityGroups().stream().map(SecurityGroup::groupId).forEach(ids::add);
        }
        return ids.isEmpty() ? null : ids;
    }

    private TagSpecification tags(ResourceType resource) {
        List<Tag> tags = new ArrayList<>();
        List<Object> own = of("tags");
        if (own != null) {
            own.forEach(tag -> tags.add(tag(GeneratedObject.find(tag, "name"), GeneratedObject.find(tag, "value"))));
        }
        String kind = of("spotConfig") == null ? "demand_" : "spot_";
        tags.add(tag("jenkins_slave_type", kind + template.description()));
        tags.add(tag("jenkins_server_url", Jenkins.get().getRootUrl()));
        return TagSpecification.builder().resourceType(resource).tags(tags).build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}

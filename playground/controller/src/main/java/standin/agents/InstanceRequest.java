package standin.agents;

import hudson.Util;
import hudson.plugins.ec2.StandInTemplate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jenkins.model.JenkinsLocationConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileSpecification;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
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
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import standin.generation.GeneratedObject;

/** What a template asks of EC2 ({@code SlaveTemplate}): instances, a Spot request, or instances that are there. */
final class InstanceRequest {
    static final String TYPE_TAG = "jenkins_slave_type";
    static final String URL_TAG = "jenkins_server_url";
    private static final String CLOUD_TAG = "jenkins_cloud_name";

    private final Ec2Client ec2;
    private final StandInTemplate template;
    private final String imageId;
    private final String keyName;
    private final String subnetId;
    private final List<String> groups;

    InstanceRequest(Ec2Client ec2, StandInTemplate template, String keyName) {
        this.ec2 = ec2;
        this.template = template;
        this.keyName = keyName;
        this.imageId = newestImage();
        this.subnetId = template.chooseSubnetId();
        this.groups = securityGroups();
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

    /** A setting of 1935 and later; earlier versions always reuse. */
    boolean reusesInstances() {
        return !flag("avoidUsingOrphanedNodes");
    }

    RunInstancesRequest.Builder onDemand() {
        RunInstancesRequest.Builder request = RunInstancesRequest.builder()
                .minCount(1)
                .maxCount(1)
                .imageId(imageId)
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
                .tagSpecifications(taggedAtLaunch());
        if (text("iamInstanceProfile") != null) {
            request.iamInstanceProfile(instanceProfile());
        }
        if (flag("t2Unlimited")) {
            request.creditSpecification(credits -> credits.cpuCredits("unlimited"));
        }
        if (flag("enclaveEnabled")) {
            request.enclaveOptions(enclave -> enclave.enabled(true));
        }
        if (Behaviour.ALWAYS_A_NETWORK_INTERFACE.applies() || flag("associatePublicIp")) {
            return request.networkInterfaces(networkInterface(publicAddress()));
        }
        return subnetId == null
                ? request.securityGroups(template.getSecurityGroupSet())
                : request.subnetId(subnetId).securityGroupIds(groups);
    }

    private List<TagSpecification> taggedAtLaunch() {
        List<ResourceType> resources = new ArrayList<>(List.of(ResourceType.INSTANCE, ResourceType.VOLUME));
        if (Behaviour.TAGS_NETWORK_INTERFACES.applies()) {
            resources.add(ResourceType.NETWORK_INTERFACE);
        }
        return resources.stream().map(resource -> tags(resource, "demand")).toList();
    }

    /** Drops what instances on demand have: metadata options, tenancy, credits, enclaves. */
    RequestSpotInstancesRequest spot(String price, int number) {
        RequestSpotLaunchSpecification.Builder specification = RequestSpotLaunchSpecification.builder()
                .imageId(imageId)
                .instanceType(text("type"))
                .keyName(keyName)
                .userData(userData())
                .ebsOptimized(flag("ebsOptimized"))
                .monitoring(monitoring -> monitoring.enabled(flag("monitoring")))
                .networkInterfaces(networkInterface(publicAddressOnSpot()))
                .blockDeviceMappings(DeviceMappings.parse(text("customDeviceMapping")));
        if (text("zone") != null) {
            specification.placement(SpotPlacement.builder().availabilityZone(text("zone")).build());
        }
        if (text("iamInstanceProfile") != null) {
            specification.iamInstanceProfile(instanceProfile());
        }
        RequestSpotInstancesRequest.Builder request = RequestSpotInstancesRequest.builder()
                .instanceCount(number)
                .spotPrice(price)
                .launchSpecification(specification.build());
        if (Behaviour.TAGS_SPOT_AT_ONCE.applies()) {
            request.tagSpecifications(tags(ResourceType.SPOT_INSTANCES_REQUEST, "spot"));
        }
        return request.build();
    }

    /** What an instance must be like to be used again. */
    List<Filter> filters() {
        List<Filter> filters = new ArrayList<>(List.of(
                Capacity.filter("image-id", imageId),
                Capacity.filter("instance-type", text("type")),
                Capacity.filter("key-name", keyName)));
        if (text("zone") != null) {
            filters.add(Capacity.filter("availability-zone", text("zone")));
        }
        if (!tenancy().equals("dedicated")) {
            filters.add(Capacity.filter("tenancy", tenancy()));
        }
        if (subnetId != null) {
            filters.add(Capacity.filter("subnet-id", subnetId));
        }
        if (!groups.isEmpty()) {
            filters.add(Capacity.filter("instance.group-id", groups.toArray(String[]::new)));
        }
        tags("demand").forEach((key, value) -> filters.add(Capacity.filter("tag:" + key, value)));
        return filters;
    }

    boolean hasInstanceProfile(Instance instance) {
        String wanted = text("iamInstanceProfile");
        return wanted == null
                || instance.iamInstanceProfile() != null && wanted.equals(instance.iamInstanceProfile().arn());
    }

    /** {@code getImage}: asked for also where the id is given. */
    private String newestImage() {
        List<Object> filters = of("amiFilters");
        List<Image> images = ec2.describeImages(request -> {
            if (!template.image().isEmpty()) {
                request.imageIds(template.image());
            }
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
        return Capacity.filter(GeneratedObject.find(filter, "name"), values.trim().split("[,\\s]+"));
    }

    private String userData() {
        String data = of("userData");
        return data == null || data.isEmpty()
                ? null
                : Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8));
    }

    private String tenancy() {
        Enum<?> tenancy = of("tenancy");
        return tenancy == null ? "default" : tenancy.name().toLowerCase(Locale.ROOT);
    }

    /** The zone goes lost, but with Dedicated up to 1881; Dedicated without a zone goes lost itself. */
    private Placement placement() {
        String zone = text("zone");
        if (!tenancy().equals("dedicated")) {
            return Placement.builder().tenancy(tenancy()).build();
        }
        if (zone == null) {
            return null;
        }
        return Placement.builder()
                .tenancy(tenancy())
                .availabilityZone(Behaviour.DEDICATED_WITHOUT_ZONE.applies() ? null : zone)
                .build();
    }

    private InstanceMetadataOptionsRequest metadataOptions() {
        boolean unset = of("metadataEndpointEnabled") == null && of("metadataTokensRequired") == null;
        if (unset || Boolean.FALSE.equals(of("metadataSupported"))) {
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

    private String addressStrategy() {
        Enum<?> strategy = of("associateIPStrategy");
        return strategy != null ? strategy.name() : flag("associatePublicIp") ? "PUBLIC_IP" : "DEFAULT";
    }

    /** Whether to ask for a public address; null leaves it to the subnet. */
    private Boolean publicAddress() {
        return switch (addressStrategy()) {
            case "PUBLIC_IP" -> true;
            case "PRIVATE_IP" -> false;
            default -> null;
        };
    }

    /** Leaves it to the subnet only where the strategy is SUBNET. */
    private Boolean publicAddressOnSpot() {
        return addressStrategy().equals("SUBNET") ? null : (Boolean) addressStrategy().equals("PUBLIC_IP");
    }

    private InstanceNetworkInterfaceSpecification networkInterface(Boolean publicAddress) {
        return InstanceNetworkInterfaceSpecification.builder()
                .deviceIndex(0)
                .subnetId(subnetId)
                .groups(groups)
                .associatePublicIpAddress(publicAddress)
                .build();
    }

    /** {@code getEc2SecurityGroups}: by name, else by id, all of the subnet's VPC. Without a subnet by name, and ids go lost. */
    private List<String> securityGroups() {
        Set<String> wanted = template.getSecurityGroupSet();
        List<SecurityGroup> found = wanted.isEmpty() ? List.of() : securityGroupsBy("group-name", wanted);
        if (subnetId == null || wanted.isEmpty()) {
            return found.stream().map(SecurityGroup::groupId).toList();
        }
        List<String> usable = (found.isEmpty() ? securityGroupsBy("group-id", wanted) : found).stream()
                .filter(this::isOfSubnet)
                .map(SecurityGroup::groupId)
                .toList();
        if (usable.size() != wanted.size()) {
            throw SdkClientException.create("Security groups must all be VPC security groups to work in a VPC context");
        }
        return usable;
    }

    private List<SecurityGroup> securityGroupsBy(String what, Set<String> wanted) {
        Filter filter = Capacity.filter(what, wanted.toArray(String[]::new));
        return ec2.describeSecurityGroups(request -> request.filters(filter)).securityGroups();
    }

    private boolean isOfSubnet(SecurityGroup group) {
        return !ec2.describeSubnets(request -> request.filters(
                        Capacity.filter("vpc-id", group.vpcId()),
                        Capacity.filter("state", "available"),
                        Capacity.filter("subnet-id", subnetId)))
                .subnets()
                .isEmpty();
    }

    private TagSpecification tags(ResourceType resource, String kind) {
        return TagSpecification.builder().resourceType(resource).tags(Instances.tagsOf(tags(kind))).build();
    }

    /**
     * {@code buildTags}: the template's own go before the plugin's.
     *
     * @param kind demand, also for Spot without a price, or spot
     */
    Map<String, String> tags(String kind) {
        Map<String, String> tags = template.ownTags();
        tags.putIfAbsent(TYPE_TAG, kind + "_" + template.description());
        String url = JenkinsLocationConfiguration.get().getUrl();
        if (url != null) {
            tags.putIfAbsent(URL_TAG, url);
        }
        if (Behaviour.TAGS_CLOUD_NAME.applies()) {
            tags.put(CLOUD_TAG, template.getParent().name);
        }
        return tags;
    }
}

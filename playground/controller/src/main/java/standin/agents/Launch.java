package standin.agents;

import hudson.plugins.ec2.EC2AbstractSlave;
import hudson.plugins.ec2.EC2OndemandSlave;
import hudson.plugins.ec2.EC2PrivateKey;
import hudson.plugins.ec2.EC2SpotSlave;
import hudson.plugins.ec2.StandInCloud;
import hudson.plugins.ec2.StandInTemplate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceMarketOptionsRequest;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.MarketType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.SpotInstanceRequest;
import standin.aws.CloudConnection;
import standin.aws.ConnectionTest;
import standin.generation.GeneratedObject;

/** Instances for a template ({@code SlaveTemplate.provision}): found ones first, then new ones. */
final class Launch {
    /** How often, and in minutes of the plugin how long, a Spot request with fallback is waited for. */
    private static final int SPOT_LOOKS = 2;

    private static final double SPOT_LOOK_MINUTES = 5.0 / 60;

    private static final Set<String> NO_SPOT_CAPACITY =
            Set.of("capacity-not-available", "capacity-oversubscribed", "price-too-low");

    private final Ec2Client ec2;
    private final StandInCloud cloud;
    private final StandInTemplate template;
    private final Object spot;

    Launch(StandInCloud cloud, StandInTemplate template) {
        this.ec2 = CloudConnection.of(cloud).client();
        this.cloud = cloud;
        this.template = template;
        this.spot = GeneratedObject.find(template, "spotConfig");
    }

    List<EC2AbstractSlave> run(int number) {
        InstanceRequest request = new InstanceRequest(ec2, template, keyName());
        if (spot == null) {
            return instances(request, number, false);
        }
        boolean bids = Boolean.TRUE.equals(GeneratedObject.find(spot, "useBidPrice"));
        return bids ? bid(request, number) : instances(request, 1, true);
    }

    private boolean fallsBack() {
        return Boolean.TRUE.equals(GeneratedObject.find(spot, "fallbackToOndemand"));
    }

    private String keyName() {
        EC2PrivateKey key = cloud.resolvePrivateKey();
        try {
            return ConnectionTest.find(ec2, key).orElseThrow(Launch::noKeyPair).keyName();
        } catch (IOException | NullPointerException problem) {
            throw noKeyPair();
        }
    }

    private static SdkException noKeyPair() {
        return SdkClientException.create("No matching keypair found on EC2. Is the EC2 private key a valid one?");
    }

    /** {@code provisionOndemand}: also Spot without a price, whose agents and tags are on-demand ones. */
    private List<EC2AbstractSlave> instances(InstanceRequest request, int number, boolean onSpot) {
        RunInstancesRequest.Builder run = request.onDemand();
        List<Instance> found = request.reusesInstances() ? reusable(request, number) : new ArrayList<>();
        List<String> stopped = found.stream().filter(Launch::isStopped).map(Instance::instanceId).toList();
        if (!stopped.isEmpty()) {
            ec2.startInstances(start -> start.instanceIds(stopped));
        }
        if (found.size() < number) {
            run.maxCount(number - found.size());
            found.addAll(onSpot ? onSpot(run) : ec2.runInstances(run.build()).instances());
        }
        return found.stream()
                .<EC2AbstractSlave>map(instance -> new EC2OndemandSlave(template, instance.instanceId()))
                .toList();
    }

    private List<Instance> onSpot(RunInstancesRequest.Builder run) {
        run.instanceMarketOptions(market -> market.marketType(MarketType.SPOT));
        try {
            return ec2.runInstances(run.build()).instances();
        } catch (Ec2Exception problem) {
            if (!fallsBack() || !hasCode(problem, "InsufficientInstanceCapacity")) {
                throw problem;
            }
            if (!Behaviour.FALLBACK_STAYS_SPOT.applies()) {
                run.instanceMarketOptions((InstanceMarketOptionsRequest) null);
            }
            return ec2.runInstances(run.build()).instances();
        }
    }

    /** {@code findOrphansOrStopped}: what looks like the template's and either is stopped or has no agent here. */
    private List<Instance> reusable(InstanceRequest request, int number) {
        List<Instance> found = new ArrayList<>();
        ec2.describeInstances(describe -> describe.filters(request.filters())).reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .filter(request::hasInstanceProfile)
                .filter(instance -> !Set.of(InstanceStateName.TERMINATED, InstanceStateName.SHUTTING_DOWN)
                        .contains(instance.state().name()))
                .filter(instance -> instance.state().name() == InstanceStateName.STOPPED || !hasAgent(instance))
                .limit(number)
                .forEach(found::add);
        return found;
    }

    private static boolean hasAgent(Instance instance) {
        return Jenkins.get().getNodes().stream()
                .anyMatch(node -> node instanceof EC2AbstractSlave agent
                        && instance.instanceId().equals(agent.instanceId));
    }

    private static boolean isStopped(Instance instance) {
        return Set.of(InstanceStateName.STOPPING, InstanceStateName.STOPPED).contains(instance.state().name());
    }

    /** {@code provisionSpot} with a price: one request for all, each an agent before it has an instance. */
    private List<EC2AbstractSlave> bid(InstanceRequest request, int number) {
        List<SpotInstanceRequest> made;
        try {
            made = ec2.requestSpotInstances(request.spot(price(), number)).spotInstanceRequests();
        } catch (Ec2Exception problem) {
            if (fallsBack() && hasCode(problem, "MaxSpotInstanceCountExceeded")) {
                return instances(request, number, false);
            }
            throw problem;
        }
        Map<String, String> tags = request.tags("spot");
        List<EC2AbstractSlave> agents = new ArrayList<>();
        for (SpotInstanceRequest one : made) {
            String id = one.spotInstanceRequestId();
            SpotInstanceRequest evaluated = fallsBack() ? evaluated(one) : one;
            if (fallsBack() && NO_SPOT_CAPACITY.contains(evaluated.status().code())) {
                List<String> all = made.stream().map(SpotInstanceRequest::spotInstanceRequestId).toList();
                ec2.cancelSpotInstanceRequests(cancel -> cancel.spotInstanceRequestIds(all));
                return instances(request, number, false);
            }
            Instances.tag(ec2, tags, List.of(id));
            if (evaluated.instanceId() != null && Behaviour.TAGS_SPOT_AT_ONCE.applies()) {
                Instances.tag(ec2, tags, List.of(evaluated.instanceId()));
            }
            agents.add(new EC2SpotSlave(template, id, tags));
        }
        return agents;
    }

    private String price() {
        String price = GeneratedObject.find(spot, "spotMaxBidPrice");
        if (price == null || price.isBlank()) {
            throw SdkClientException.create("Invalid Spot price specified: null");
        }
        return price;
    }

    private SpotInstanceRequest evaluated(SpotInstanceRequest made) {
        SpotInstanceRequest latest = made;
        for (int look = 0; look < SPOT_LOOKS && latest.status().code().equals("pending-evaluation"); look++) {
            try {
                Thread.sleep((long) (SPOT_LOOK_MINUTES * Jenkins.get().options().minuteSeconds() * 1000));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            }
            latest = ec2.describeSpotInstanceRequests(
                    describe -> describe.spotInstanceRequestIds(made.spotInstanceRequestId()))
                    .spotInstanceRequests()
                    .get(0);
        }
        return latest;
    }

    private static boolean hasCode(Ec2Exception problem, String code) {
        return code.equals(problem.awsErrorDetails().errorCode());
    }
}

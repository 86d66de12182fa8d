package standin.agents;

import hudson.model.Node;
import hudson.plugins.ec2.EC2SpotSlave;
import hudson.plugins.ec2.StandInCloud;
import hudson.plugins.ec2.StandInTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.JenkinsLocationConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SpotInstanceRequest;
import software.amazon.awssdk.services.ec2.model.SpotInstanceState;
import software.amazon.awssdk.services.ec2.model.Tag;
import standin.aws.CloudConnection;

/**
 * How many instances a template may still get. Counted are instances in EC2 by their tags, whoever launched them: all of
 * this Jenkins URL in the cloud's account and region, not those of the cloud ({@code EC2Cloud.countCurrentEC2Slaves}).
 */
final class Capacity {
    private static final Logger LOGGER = Logger.getLogger(Capacity.class.getName());

    private final StandInCloud cloud;
    private final Ec2Client ec2;

    Capacity(StandInCloud cloud) {
        this.cloud = cloud;
        this.ec2 = CloudConnection.of(cloud).client();
    }

    /** @throws SdkException where EC2 does not answer the counts */
    int of(StandInTemplate template) {
        OptionalInt kept = Behaviour.KEEPS_COUNTS.applies() ? cloud.keptCount(template) : OptionalInt.empty();
        if (kept.isEmpty()) {
            cloud.keepCounts(count(null), template, count(template));
        }
        return Math.min(
                cloud.getInstanceCap() - cloud.keptTotal(),
                template.getInstanceCap() - kept.orElseGet(() -> cloud.lastCount(template)));
    }

    /** @param template null for all */
    private int count(StandInTemplate template) {
        Set<String> counted = new HashSet<>();
        List<Filter> filters = filters(template);
        filters.add(filter("instance-state-name", "running", "pending", "stopping"));
        ec2.describeInstancesPaginator(request -> request.filters(filters)).reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .filter(instance -> isAgent(instance.tags(), template))
                .forEach(instance -> counted.add(instance.instanceId()));
        int instances = counted.size();
        return instances + countSpotRequests(template, counted);
    }

    /** Open and active requests whose instance is not counted yet; agents whose request is dead are removed. */
    private int countSpotRequests(StandInTemplate template, Set<String> counted) {
        Set<SpotInstanceRequest> seen = new HashSet<>();
        int requests = 0;
        for (SpotInstanceRequest request : spotRequests(template)) {
            seen.add(request);
            if (!isAlive(request)) {
                removeAgentOf(request);
            } else if (isAgent(request.tags(), template) && isNew(request, counted)) {
                requests++;
            }
        }
        return requests + countAgentsWithoutRequest(template, seen, counted);
    }

    private List<SpotInstanceRequest> spotRequests(StandInTemplate template) {
        List<Filter> filters = filters(template);
        if (template != null) {
            filters.add(filter("launch.image-id", template.image()));
        }
        try {
            return ec2.describeSpotInstanceRequests(request -> request.filters(filters)).spotInstanceRequests();
        } catch (SdkException refused) {
            if (Behaviour.SPOT_COUNT_MUST_WORK.applies()) {
                throw refused;
            }
            return List.of();
        }
    }

    /** Agents of this Jenkins, of whichever cloud, that the requests above do not show: their tags may come late. */
    private int countAgentsWithoutRequest(StandInTemplate template, Set<SpotInstanceRequest> seen, Set<String> counted) {
        int agents = 0;
        for (EC2SpotSlave agent : spotAgents()) {
            Optional<SpotInstanceRequest> request = Instances.spotRequest(ec2, agent);
            if (request.isEmpty()) {
                agents++;
            } else if (seen.add(request.get())
                    && isAlive(request.get())
                    && template != null
                    && isAgent(request.get().tags(), template)
                    && isNew(request.get(), counted)) {
                agents++;
            }
        }
        return agents;
    }

    private static List<EC2SpotSlave> spotAgents() {
        return Jenkins.get().getNodes().stream()
                .filter(EC2SpotSlave.class::isInstance)
                .map(EC2SpotSlave.class::cast)
                .toList();
    }

    /** Whether its instance is not counted yet; it is then. */
    private static boolean isNew(SpotInstanceRequest request, Set<String> counted) {
        return request.instanceId() == null || counted.add(request.instanceId());
    }

    private static boolean isAlive(SpotInstanceRequest request) {
        return request.state() == SpotInstanceState.OPEN || request.state() == SpotInstanceState.ACTIVE;
    }

    private static void removeAgentOf(SpotInstanceRequest request) {
        for (EC2SpotSlave agent : spotAgents()) {
            if (agent.getSpotInstanceRequestId().equals(request.spotInstanceRequestId())) {
                try {
                    Jenkins.get().removeNode((Node) agent);
                } catch (IOException problem) {
                    throw new UncheckedIOException(problem);
                }
            }
        }
    }

    /** Without a Jenkins URL all that have the tag: other controllers' too, and not its own, which go without ({@code getGenericFilters}). */
    private List<Filter> filters(StandInTemplate template) {
        List<Filter> filters = new ArrayList<>(List.of(filter("tag-key", InstanceRequest.TYPE_TAG)));
        String url = JenkinsLocationConfiguration.get().getUrl();
        if (url == null) {
            LOGGER.log(Level.WARNING, "No Jenkins server URL specified");
        }
        filters.add(url == null
                ? filter("tag-key", InstanceRequest.URL_TAG)
                : filter("tag:" + InstanceRequest.URL_TAG, url));
        if (template != null) {
            template.ownTags().forEach((name, value) -> filters.add(filter("tag:" + name, value)));
        }
        return filters;
    }

    static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    /** By the tag that says the template, or for a template without description the kind only. */
    private static boolean isAgent(List<Tag> tags, StandInTemplate template) {
        return tags.stream()
                .filter(tag -> tag.key().equals(InstanceRequest.TYPE_TAG))
                .anyMatch(tag -> template == null
                        || Set.of("demand", "spot").contains(tag.value())
                        || Objects.equals(tag.value(), "demand_" + template.description())
                        || Objects.equals(tag.value(), "spot_" + template.description()));
    }
}

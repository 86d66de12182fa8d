package standin.agents;

import jenkins.model.Jenkins;

/**
 * What generations of the plugin do differently at run time, each from the first version that does it. Read in the
 * plugin's sources; the class is named with each. What is not here is the same from 2.0.7 to 2059, or is not modelled.
 */
public enum Behaviour {
    /** SlaveTemplate.makeRunInstancesRequestAndFilters: network interfaces are tagged at launch, beside instance and volumes. */
    TAGS_NETWORK_INTERFACES(1723),
    /** EC2Cloud.countCurrentEC2SpotSlaves: a refused DescribeSpotInstanceRequests is not caught, so nothing is launched. */
    SPOT_COUNT_MUST_WORK(1795),
    /** SlaveTemplate.makeRunInstancesRequestAndFilters, with the AWS SDK 2: Dedicated goes without its zone. */
    DEDICATED_WITHOUT_ZONE(1885),
    /** SlaveTemplate.provisionOndemand: the fallback without a price asks for Spot again. */
    FALLBACK_STAYS_SPOT(1885),
    /** SlaveTemplate.buildTags: jenkins_cloud_name, so instances of before are not found for reuse. */
    TAGS_CLOUD_NAME(2007),
    /** EC2RetentionStrategy.taskAccepted: a used-up agent has the minimums checked. */
    CHECKS_MINIMUM_WHEN_USED_UP(2012),
    /** MinimumInstanceChecker: waiting builds count only for templates with spare instances. Before, they launch agents. */
    WAITING_BUILDS_NEED_SPARES(2036),
    /** SlaveTemplate.makeRunInstancesRequestAndFilters: always a network interface; without a subnet groups by name only. */
    ALWAYS_A_NETWORK_INTERFACE(2036),
    /** EC2Cloud.provision: plans agents and launches behind them; what fails was planned and is not tried elsewhere. */
    PLANS_BEFORE_LAUNCH(2048),
    /** EC2Cloud.getPossibleNewSlavesCount: counts are kept for 30 seconds, the time of all being the last template's. */
    KEEPS_COUNTS(2048),
    /** EC2Cloud.provision: a template at its cap, or that cannot be counted, is passed over before anything is planned. */
    PASSES_OVER_FULL_TEMPLATES(2052),
    /** SlaveTemplate.provisionSpot, EC2SpotSlave.getInstanceId: tags with the Spot request, on the instance once it is there. */
    TAGS_SPOT_AT_ONCE(2059);

    private final int since;

    Behaviour(int since) {
        this.since = since;
    }

    /** Whether the installed generation does so. */
    public boolean applies() {
        return Jenkins.get().getPluginManager().generation()
                .map(contract -> Integer.parseInt(contract.version().split("\\.")[0]) >= since)
                .orElse(false);
    }
}

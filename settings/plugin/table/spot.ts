import { bids } from "../conditions";
import type { Fault } from "../fault";

/** Spot instances, with a price (RequestSpotInstances) and without (RunInstances). */
export const spotFaults: readonly Fault[] = [
    {
        id: "spot-fallback-stays-spot",
        of: "template",
        first: 1885,
        last: 2059,
        severity: "warning",
        setting: "spot.fallbackToOnDemand",
        with: "`spot.fallbackToOnDemand` without `spot.maxPricePerHour`",
        happens: "the plugin asks for Spot again instead of on-demand, so builds wait while EC2 has no Spot capacity",
        remedy: "set spot.maxPricePerHour as well, and read spot-fallback-leak first",
        meets: (template) => template.spot?.fallbackToOnDemand === true && !bids(template),
    },
    {
        id: "spot-fallback-leak",
        of: "template",
        severity: "error",
        setting: "spot.fallbackToOnDemand",
        with: "`spot.fallbackToOnDemand` and `spot.maxPricePerHour`",
        happens:
            "if one of several requests fails, the plugin cancels all, and instances of the others run on without Jenkins",
        remedy: "set spot.fallbackToOnDemand to false",
        meets: (template) => template.spot?.fallbackToOnDemand === true && bids(template),
    },
    {
        id: "spot-cannot-stop",
        of: "template",
        severity: "error",
        setting: "idle.then",
        with: "`idle.then: stop` and `spot` without `spot.maxPricePerHour`",
        happens: "an idle agent never ends, because AWS refuses to stop a Spot instance",
        remedy: "set idle.then to terminate",
        meets: (template) => template.spot !== undefined && !bids(template) && template.idle.then === "stop",
    },
    {
        id: "bid-spot-drops-settings",
        of: "template",
        severity: "warning",
        setting: "spot.maxPricePerHour",
        with: "`spot.maxPricePerHour` and `metadata`, `tenancy`, `unlimitedCpuCredits`, `enclave` or `nestedVirtualization`",
        happens: "the Spot request leaves these settings out; image and account decide, also about IMDSv2",
        remedy: "omit maxPricePerHour, or let the image require IMDSv2 (imds-support) and set metadata.supported to false",
        meets: (template) =>
            bids(template) &&
            (asksOfMetadata(template.metadata) ||
                template.tenancy !== "Default" ||
                template.unlimitedCpuCredits ||
                template.enclave ||
                template.nestedVirtualization),
    },
    {
        id: "spot-tags-late",
        of: "template",
        last: 2056,
        severity: "warning",
        setting: "spot.maxPricePerHour",
        with: "`spot.maxPricePerHour`",
        happens: "instances have no tags until their agent connects, so caps do not count them",
        remedy: "omit maxPricePerHour",
        link: "https://github.com/jenkinsci/ec2-plugin/issues/1926",
        meets: bids,
    },
];

/** Whether the options differ from what an instance has without any (AWS: InstanceMetadataOptionsRequest). */
function asksOfMetadata({
    supported,
    enabled,
    tokensRequired,
    hopLimit,
}: Parameters<typeof bids>[0]["metadata"]): boolean {
    return supported && (!enabled || tokensRequired || hopLimit !== 1);
}

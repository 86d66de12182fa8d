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
        happens:
            "the plugin asks for Spot once more in place of on-demand: builds wait while EC2 has no Spot capacity; 2063 asks for on-demand after a lack of capacity, not after a quota is reached",
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
            "where several instances are asked for at once and one request fails, all are cancelled, and instances that others of them had got already run on without Jenkins",
        remedy: "set spot.fallbackToOnDemand to false",
        meets: (template) => template.spot?.fallbackToOnDemand === true && bids(template),
    },
    {
        id: "spot-cannot-stop",
        of: "template",
        severity: "error",
        setting: "idle.then",
        with: "`idle.then: stop` and `spot` without `spot.maxPricePerHour`",
        happens: "AWS refuses to stop a Spot instance; the plugin logs that and never terminates it",
        remedy: "set idle.then to terminate",
        meets: (template) => template.spot !== undefined && !bids(template) && template.idle.then === "stop",
    },
    {
        id: "bid-spot-drops-settings",
        of: "template",
        severity: "warning",
        setting: "spot.maxPricePerHour",
        with: "`spot.maxPricePerHour` and `metadata`, `tenancy`, `unlimitedCpuCredits`, `enclave` or `nestedVirtualization`",
        happens:
            "the request has no place for metadata options, tenancy, CPU credits, enclaves and nested virtualisation: they are as image and account are configured, session tokens of the metadata service (IMDSv2) among them",
        remedy: "leave maxPricePerHour out, or let the image require IMDSv2 (imds-support) and set metadata.supported to false",
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
        happens: "instances have no tags until their agent connects: nothing counts or allots them before",
        remedy: "leave maxPricePerHour out",
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

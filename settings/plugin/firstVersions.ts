/**
 * The first version of the `ec2` plugin that has a parameter or a class, where that is not the oldest one that this program
 * works with. Read in the plugin's release tags, by the newest plugin's names.
 */
export const firstVersions = {
    metadataSupported: "1601.v09101155c9a_3",
    enclaveEnabled: "1896.v38a_e0ea_95220",
    avoidUsingOrphanedNodes: "1935.v9b_77210472b_1",
    WindowsSSHData: "1948.v72ee2dd75cf0",
    cleanUpOrphanedNodes: "1982.vd5c4f4008e4c",
    terminateIdleDuringShutdown: "2018.vc13c882e22db_",
    associateIPStrategy: "2036.vb_105a_db_e4a_ea_",
    nestedVirtualizationEnabled: "2053.v86eb_364849fc",
    roundRobinTemplatesByLabel: "2063.ve202101143b_6",
    saturateHighestWeightFirst: "2063.ve202101143b_6",
    hotSpareConfigsByLabel: "2063.ve202101143b_6",
    hotSpareWeight: "2063.ve202101143b_6",
    gracePeriodMinutes: "2063.ve202101143b_6",
    discardAfterGracePeriod: "2063.ve202101143b_6",
} as const satisfies Record<string, string>;

/** The first version that has a parameter or a class; undefined where the oldest has it. */
export function firstVersionOf(name: string): string | undefined {
    return Object.hasOwn(firstVersions, name) ? firstVersions[name as keyof typeof firstVersions] : undefined;
}

import { join } from "node:path";
import { declaredProperties, type Properties } from "./declarations";
import type { PluginPackage } from "./packages";
import { run } from "./run";

/** Properties of the current `@pulumi/aws` that the playground's older provider lacks. The program must do without them. */
const newerThanTheProvider: { property: RegExp; reason: string }[] = [
    {
        property: /^aws:.*\.region$/,
        reason: "in 7.x each resource and look-up may say its region; the program says it by explicit providers",
    },
    { property: /^pulumi:providers:aws\.endpoints\./, reason: "services that were added since" },
    { property: /^pulumi:providers:aws\.(tagPolicyCompliance|userAgents)$/, reason: "settings that were added since" },
    { property: /Policy\.delayAfterPolicyCreationInMs$/, reason: "added since, a workaround for slow IAM replication" },
    { property: /getAmi\.allowUnsafeFilter$/, reason: "added since, with a refusal of filters without owners" },
    { property: /getVpc\.ipv6CidrBlockAssociations$/, reason: "added since" },
    { property: /Subnet\.ipv[46](IpamPoolId|NetmaskLength)$/, reason: "added since" },
    {
        property:
            /Instance\.(cpuOptions\.nestedVirtualization|forceDestroy|placementGroupId|primaryNetworkInterface|secondaryNetworkInterfaces)$/,
        reason: "added since; the EC2 plugin starts the instances, not the program",
    },
    {
        property: /^pulumi:providers:tls\.proxy$/,
        reason: "for look-ups of remote certificates, which the program has none of",
    },
];

/**
 * Every property that the npm packages' classes send or read, nested ones too, against those that the bridge knows: an input that
 * the bridge does not know is dropped without an error. Returns the differences, one line each.
 */
export async function compareWithPackages(home: string, packages: PluginPackage[]): Promise<string[]> {
    const differences: string[] = [];
    for (const { name, version, folder } of packages) {
        if (name === "command") continue; // the stand-in refuses what it does not know
        const plugin = join(home, "plugins", `resource-${name}-v${version}`, `pulumi-resource-${name}`);
        const known = JSON.parse(await run(plugin, ["-properties"])) as Record<string, Properties>;
        for (const [token, bridged] of Object.entries(known)) {
            differences.push(...compare(token, declaredProperties(folder, token), bridged));
        }
    }
    return differences;
}

/** The differences in which the package would send or read what the bridge does not know in this way. */
export function compare(path: string, declared: Properties, bridged: Properties): string[] {
    return Object.entries(declared).flatMap(([name, property]) => {
        const here = `${path}.${name}`;
        if (newerThanTheProvider.some((newer) => newer.property.test(here))) return [];
        const found = bridged[name];
        if (!found) return [`${here}: unknown to the bridge`];
        if (found.shape !== property.shape)
            return [`${here}: ${property.shape} in the package, ${found.shape} in the bridge`];
        return compare(here, property.properties ?? {}, found.properties ?? {});
    });
}

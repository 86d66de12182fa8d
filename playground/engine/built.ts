import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join, relative } from "node:path";
import type { Report } from "../progress";
import { cachedBuild, isBuilt } from "../cached-build";
import type { FoundEngine } from "./engine";
import { compareWithPackages } from "./gate";
import { goBuild, goSourceKey } from "./go";
import { link } from "./link";
import { versionOf } from "./official";
import { pluginPackages, type PluginPackage } from "./packages";
import { stopIfSomethingIsMissing } from "./prerequisites";
import { awsProvider, awsProviderBuild, obtainAwsProvider } from "./terraform-provider";

/** The newest Pulumi that the Go module proxy serves. */
const pulumiVersion = "3.276.0";

const executables = ["pulumi", "plugins", "terraform-provider-tls"];

/** The engine from package registries alone: the real command line, and plugins as `plugins/main.go` lists them. */
export async function builtEngine(report: Report): Promise<FoundEngine> {
    const parts = { name: join("engine", "built"), key: `${goSourceKey()}-${awsProvider.platform}` };
    stopIfSomethingIsMissing({ go: !isBuilt(parts), terraform: !isBuilt(awsProviderBuild) });
    const [folder, provider] = await Promise.all([
        cachedBuild({
            ...parts,
            report,
            build: (target) => build(target, report),
            verify,
            seal: executables.map((name) => join("bin", name)),
        }),
        obtainAwsProvider(report),
    ]);
    const packages = pluginPackages();
    install(folder, packages, provider);
    await checkProperties(folder, packages, report);
    const aws = packages.find(({ name }) => name === "aws")!;
    return {
        description: `pulumi ${pulumiVersion}, built from package registries`,
        version: pulumiVersion,
        command: join(folder, "bin", "pulumi"),
        environment: {
            PULUMI_HOME: join(folder, "home"),
            PULUMI_SKIP_UPDATE_CHECK: "true",
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            PATH: `${join(folder, "bin")}${delimiter}${process.env.PATH}`,
        },
        provider: `the real Terraform AWS provider ${awsProvider.version}, bridged for @pulumi/aws ${aws.version}; the command provider is a stand-in`,
    };
}

async function build(folder: string, report: Report): Promise<void> {
    const bin = join(folder, "bin");
    await goBuild(
        {
            title: `command line ${pulumiVersion}`,
            module: "cli",
            packages: ["github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"],
            output: bin,
            ldflags: [`-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${pulumiVersion}`],
        },
        report,
    );
    await goBuild(
        {
            title: "plugins",
            module: "plugins",
            packages: [".", "github.com/hashicorp/terraform-provider-tls"],
            output: bin,
        },
        report,
    );
    symlinkSync("plugins", join(bin, "pulumi-language-nodejs"));
}

async function verify(folder: string): Promise<void> {
    const version = await versionOf(join(folder, "bin", "pulumi"));
    if (version !== pulumiVersion) throw new Error(`the command line says that it is ${version}, not ${pulumiVersion}`);
}

/** Puts each plugin where Pulumi looks for the version that the npm package asks for. Links: it is all one binary. */
function install(folder: string, packages: PluginPackage[], provider: string): void {
    link(provider, join(folder, "bin", "terraform-provider-aws"));
    for (const { name, version } of packages) {
        const plugin = join(folder, "home", "plugins", `resource-${name}-v${version}`);
        mkdirSync(plugin, { recursive: true });
        link(relative(plugin, join(folder, "bin", "plugins")), join(plugin, `pulumi-resource-${name}`));
    }
}

/** Once for each set of package versions: the properties that the packages use are ones that the bridge knows. */
async function checkProperties(folder: string, packages: PluginPackage[], report: Report): Promise<void> {
    const stamp = join(folder, `compared-${packages.map(({ name, version }) => `${name}-${version}`).join("-")}`);
    if (existsSync(stamp)) return;
    report("comparing the properties of the npm packages with those that the bridge knows");
    const differences = await compareWithPackages(join(folder, "home"), packages);
    if (differences.length > 0) {
        throw new Error(`The bridge would drop or misread what the npm packages use:\n  ${differences.join("\n  ")}`);
    }
    writeFileSync(stamp, "");
}

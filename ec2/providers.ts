import { Provider, ProviderArgs } from "@pulumi/aws/provider";
import type { Region } from "@pulumi/aws/types/enums";
import * as pulumi from "@pulumi/pulumi";
import { regionOfProvider } from "../iam/clients";
import type { StackSettings } from "../settings";
import { resourceName } from "../settings/naming";

/**
 * A provider for each region. The stack's own region uses the default provider, configured by `aws:` as everywhere in Pulumi;
 * another region gets an explicit one with the same configuration, since an explicit provider inherits none.
 */
export class RegionProviders {
    private readonly made = new Map<string, Provider>();

    /**
     * @param settings whose names the providers are to have
     * @param parent of the providers, and of what is made with them
     */
    constructor(
        private readonly home: string | undefined,
        private readonly settings: StackSettings,
        public readonly parent?: pulumi.Resource,
    ) {}

    /** The options of what is made or looked up in a region. Without a provider it gets the parent's, or the default one. */
    public in(region: string): { parent?: pulumi.Resource; provider?: Provider } {
        return { parent: this.parent, provider: this.provider(region) };
    }

    private provider(region: string): Provider | undefined {
        if (region === this.home) return undefined;
        const found = this.made.get(region);
        if (found) return found;
        const provider = new Provider(
            resourceName(this.settings, `aws-${region}`),
            { ...configured(), region: region as Region },
            { parent: this.parent },
        );
        this.made.set(region, provider);
        regionOfProvider.set(provider, region);
        return provider;
    }
}

/** What `aws:` configures, with lists, maps and truth values parsed: in configuration they are text, an argument is no text. */
function configured(): ProviderArgs {
    const prefix = "aws:";
    return Object.fromEntries(
        Object.entries(pulumi.runtime.allConfig())
            .filter(([key]) => key.startsWith(prefix))
            .map(([key, text]) => [
                key.slice(prefix.length),
                /^([[{]|(true|false)$)/.test(text) ? (JSON.parse(text) as unknown) : text,
            ]),
    );
}

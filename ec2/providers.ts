import * as aws from "../aws";
import * as pulumi from "@pulumi/pulumi";

/**
 * A provider for each region. The stack's own region uses the default provider, configured by `aws:` as everywhere in Pulumi;
 * another region gets an explicit one with the same configuration, since an explicit provider inherits none.
 */
export class RegionProviders {
    private readonly made = new Map<string, aws.Provider>();

    constructor(private readonly home: string | undefined) {}

    /** Undefined stands for the default provider. */
    public in(region: string): aws.Provider | undefined {
        if (region === this.home) return undefined;
        const found = this.made.get(region);
        if (found) return found;
        const provider = new aws.Provider(`aws-${region}`, { ...configured(), region: region as aws.Region });
        this.made.set(region, provider);
        return provider;
    }
}

/** What `aws:` configures, with lists, maps and truth values parsed: in configuration they are text, an argument is no text. */
function configured(): aws.ProviderArgs {
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

import { compareVersions } from "../../../../settings/plugin/versions";
import { instance, look, on, passRole, resource, type Authorisation, type Resource } from "./authorisation";

/** A request of the plugin to AWS, with all that IAM is asked for before it is done. */
export interface PluginRequest {
    what: string;
    /** Without one of these the request is refused, and what the plugin wanted fails. */
    needs: Authorisation[];
    /** Asked as well, but the plugin goes on without an answer. */
    survives?: Authorisation[];
}

/** What of a template decides which requests the plugin makes. */
export interface TemplateFeatures {
    spot: "none" | "market price" | "own price";
    instanceProfile: boolean;
    /** `idle.then: stop`. */
    stops: boolean;
    /** `hostKeyVerification: CHECK_NEW_HARD` or `CHECK_NEW_SOFT`. */
    checksHostKey: boolean;
    /** Windows over WinRM with the password that EC2 generated. */
    generatedPassword: boolean;
}

/** The generations whose sources were read for this. */
export const pluginVersions = ["2.0.7", "1648", "1688", "1822", "1911", "1950", "2036", "2059", "2063"];

export const agentTags = {
    "jenkins-controller": "jenkins-ec2-agents/test/team-a",
    jenkins_server_url: "https://jenkins.example.com/team-a/",
    jenkins_slave_type: "demand_linux",
};

export const passedRole = "arn:aws:iam::111122223333:role/build";

const since = (version: string, first: string) => compareVersions(version, first) >= 0;

/** What the plugin does with AWS whatever the templates say: `EC2Cloud` and the descriptors' forms. */
export function cloudRequests(version: string): PluginRequest[] {
    const count = look("ec2:DescribeSpotInstanceRequests");
    return [
        { what: "Test Connection", needs: [look("ec2:DescribeInstances"), look("ec2:DescribeKeyPairs")] },
        {
            what: "Count agents before a launch",
            // EC2Cloud.countCurrentEC2SpotAgents lets no error through up to 1790.
            ...(since(version, "1795")
                ? { needs: [look("ec2:DescribeInstances"), count] }
                : { needs: [look("ec2:DescribeInstances")], survives: [count] }),
        },
        {
            what: "Fill the lists on the cloud's page",
            needs: [look("ec2:DescribeRegions"), look("ec2:DescribeAvailabilityZones")],
            survives: [
                look("ec2:DescribeSpotPriceHistory"),
                ...(since(version, "2036") ? [look("ec2:DescribeInstanceTypes")] : []),
            ],
        },
    ];
}

/** What the plugin does to have an agent of a template: `SlaveTemplate.provision`. */
export function launchRequests(version: string, template: TemplateFeatures): PluginRequest[] {
    return [
        {
            what: "Find image, key pair, subnet and security groups",
            needs: ["DescribeImages", "DescribeKeyPairs", "DescribeSubnets", "DescribeSecurityGroups"].map((action) =>
                look(`ec2:${action}`),
            ),
        },
        ...(template.spot === "own price" ? askForSpot(version, template) : [runInstances(version, template)]),
        ...(template.instanceProfile
            ? [
                  {
                      what: "Give an agent its instance profile, as part of the launch",
                      needs: [passRole(passedRole, "ec2.amazonaws.com")],
                  },
              ]
            : []),
    ];
}

/**
 * Spot without a price is RunInstances too. Its request gets no tags: AWS's guide says that rights on it are asked for only where
 * it gets some, and its reference that they may be.
 */
function runInstances(version: string, template: TemplateFeatures): PluginRequest {
    const market = template.spot === "none" ? "on-demand" : "spot";
    const made = [instance({}, market), resource("volume"), resource("network-interface")];
    const tagged = since(version, "1723") ? made : made.slice(0, 2);
    return {
        what: "Launch an agent",
        needs: [
            ...launchedFrom("ec2:RunInstances"),
            ...made.map((one) => on("ec2:RunInstances", one, tagged.includes(one) ? agentTags : {})),
            ...(template.spot === "market price" ? [on("ec2:RunInstances", resource("spot-instances-request"))] : []),
            ...tagged.map((one) => on("ec2:CreateTags", one, agentTags, { "ec2:CreateAction": "RunInstances" })),
        ],
    };
}

function askForSpot(version: string, template: TemplateFeatures): PluginRequest[] {
    const taggedAtOnce = since(version, "2059");
    const request = resource("spot-instances-request");
    const taggedRequest = resource("spot-instances-request", agentTags);
    const newInstance = instance({}, "spot");
    return [
        {
            what: "Ask for a Spot agent at a price",
            needs: [
                ...launchedFrom("ec2:RequestSpotInstances"),
                on("ec2:RequestSpotInstances", request, taggedAtOnce ? agentTags : {}),
                ...(taggedAtOnce
                    ? [on("ec2:CreateTags", request, agentTags, { "ec2:CreateAction": "RequestSpotInstances" })]
                    : []),
            ],
        },
        {
            what: "Take a Spot request back, to fall back",
            needs: [
                look("ec2:DescribeSpotInstanceRequests"),
                on("ec2:CancelSpotInstanceRequests", taggedAtOnce ? taggedRequest : request),
            ],
        },
        {
            what: "Tag the Spot request",
            needs: [on("ec2:CreateTags", taggedAtOnce ? taggedRequest : request, agentTags)],
        },
        ...(taggedAtOnce
            ? [
                  {
                      what: "Tag the Spot instance when it is there",
                      needs: [on("ec2:CreateTags", newInstance, agentTags)],
                  },
              ]
            : []),
        {
            what: "Tag the Spot instance and its volumes when its agent connects",
            needs: [
                on("ec2:CreateTags", taggedAtOnce ? instance(agentTags, "spot") : newInstance, agentTags),
                on("ec2:CreateTags", resource("volume"), agentTags),
            ],
        },
        ...connectRequests(template, newInstance),
        { what: "End a Spot instance that never connected", needs: [on("ec2:TerminateInstances", newInstance)] },
    ];
}

/** What an instance is started from and in. The plugin repeats the image's block devices, snapshots with them. */
function launchedFrom(action: string): Authorisation[] {
    return ["image", "snapshot", "key-pair", "subnet", "security-group"].map((type) => on(action, resource(type)));
}

function connectRequests({ checksHostKey, generatedPassword }: TemplateFeatures, agent: Resource): PluginRequest[] {
    return [
        ...(checksHostKey
            ? [
                  {
                      what: "Read the host key on the console",
                      needs: [on("ec2:GetConsoleOutput", agent)],
                      // EC2Computer.checkIfNitro logs the refusal and takes it for "no".
                      survives: [look("ec2:DescribeInstanceTypes")],
                  },
              ]
            : []),
        ...(generatedPassword
            ? [{ what: "Read the generated password of Windows", needs: [on("ec2:GetPasswordData", agent)] }]
            : []),
    ];
}

/** What the plugin does with an agent that is there and has its tags. */
export function agentRequests(
    version: string,
    template: TemplateFeatures,
    tags: Record<string, string> = agentTags,
    region?: string,
): PluginRequest[] {
    const market = template.spot === "none" ? "on-demand" : "spot";
    const there = (one: Resource) => ({ ...one, region: region ?? one.region });
    const agent = there(instance(tags, market));
    const stops = [
        { what: "Stop an idle agent", needs: [on("ec2:StopInstances", agent)] },
        { what: "Start a stopped agent", needs: [on("ec2:StartInstances", agent)] },
    ];
    return [
        ...connectRequests(template, agent),
        ...(template.stops ? stops : []),
        { what: "End an agent", needs: [on("ec2:TerminateInstances", agent)] },
        ...(template.spot === "own price"
            ? [
                  {
                      what: "Take back the Spot request of an agent that ends",
                      needs: [on("ec2:CancelSpotInstanceRequests", there(resource("spot-instances-request", tags)))],
                  },
              ]
            : []),
        // EC2CleanupOrphanedNodes.
        ...(since(version, "1982")
            ? [
                  {
                      what: "Write on an agent when it expires, for the clean-up of orphans",
                      needs: [on("ec2:CreateTags", agent, { jenkins_node_expires_at: "2026-01-01T00:00:00Z" })],
                  },
              ]
            : []),
    ];
}

/** Someone saves an agent's own page in Jenkins: `EC2AbstractSlave.reconfigure`. */
export function savedPage(): PluginRequest {
    const resources = [instance(agentTags), resource("volume", agentTags)];
    return {
        what: "Take an agent's tags away, to write them anew: someone saves the agent's own page",
        needs: resources.map((one) => on("ec2:DeleteTags", withoutMarket(one), agentTags)),
    };
}

/** DeleteTags knows nothing of an instance but its tags. */
function withoutMarket(one: Resource): Resource {
    return { ...one, about: {} };
}

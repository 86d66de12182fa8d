import { z } from "zod";
import { cidr } from "./controller";
import { matching, tags } from "./declare";
import { securityGroup, subnetId } from "./template/connection";

/** Where the agents of a cloud are. */
export const network = z.strictObject({
    vpc: z
        .strictObject({
            id: matching(/^vpc-[0-9a-f]{8,17}$/, "a VPC id, like vpc-0123456789abcdef0")
                .optional()
                .meta({ description: "Id of the VPC." }),
            tags: tags
                .optional()
                .meta({ description: "Tags that exactly one VPC has.", examples: [{ Name: "builds" }] }),
        })
        .prefault({})
        .meta({
            description: "The VPC: by `id` or by `tags`; without either, the region's default VPC.",
            replacedAsAWhole: true,
        }),
    subnets: z
        .strictObject({
            ids: z
                .array(subnetId)
                .min(1, "must name at least one subnet")
                .optional()
                .meta({ description: "Ids of the subnets." }),
            tags: tags.optional().meta({ description: "Tags that the subnets have.", examples: [{ tier: "private" }] }),
        })
        .prefault({})
        .meta({
            description: "The subnets of the agents: by `ids` or by `tags`; without either, all of the VPC's.",
            replacedAsAWhole: true,
        }),
    securityGroups: z
        .array(securityGroup)
        .default([])
        .meta({
            description:
                "Existing security groups for the agents, beside the one that the stack makes: each by its id, by `{ name: … }` (one of the VPC) or by `{ tags: … }` (all of the VPC that have them).",
            examples: [["sg-0123456789abcdef0"], [{ name: "build-agents" }, { tags: { role: "cache-clients" } }]],
        }),
    makeSecurityGroup: z.boolean().default(true).meta({
        description:
            "Make a security group for the agents, with `ingress` and `egress`. `false`: agents have only `securityGroups` and those of their templates, which must allow the controllers.",
    }),
    ingress: z
        .strictObject({
            cidrs: z
                .array(cidr)
                .default([])
                .meta({ description: "Address ranges.", examples: [["10.20.0.0/24"]] }),
            prefixLists: z
                .array(matching(/^pl-[0-9a-f]{8,17}$/, "a prefix list id"))
                .default([])
                .meta({ description: "Managed prefix lists, by id." }),
            securityGroups: z.array(securityGroup).default([]).meta({
                description:
                    "Security groups, for example of the controllers, each in a form of `network.securityGroups`. Name one of another VPC by its id.",
            }),
        })
        .prefault({})
        .meta({
            description:
                "Who may connect to the agents (SSH; WinRM if a template needs it), beside the `addresses` of the cloud's controllers.",
        }),
    egress: z
        .array(cidr)
        .default(["0.0.0.0/0", "::/0"])
        .meta({ description: "Address ranges that the agents may connect to." }),
});

/** The network of a cloud, resolved. */
export type NetworkSettings = z.output<typeof network>;

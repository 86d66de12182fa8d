import { z } from "zod";
import { matching, text } from "./declare";

const policyArn = /^arn:aws[\w-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/;

/** A role that agents run with: what AWS allows the builds to do. */
export const agentRole = z.strictObject({
    managedPolicies: z
        .array(matching(/^(arn:aws[\w-]*:iam::(\d{12}|aws):policy\/)?[\w+=,.@/-]+$/, "the name or ARN of a policy"))
        .default([])
        .meta({
            description:
                "Managed policies: those of AWS by name, others by ARN. `AmazonSSMManagedInstanceCore` is Session Manager.",
            examples: [["AmazonSSMManagedInstanceCore"]],
        }),
    policy: text()
        .optional()
        .meta({
            description: "File (JSON) with a policy document of your own, relative to the project.",
            examples: ["policies/builds.json"],
        }),
    permissionsBoundary: matching(policyArn, "the ARN of a policy")
        .optional()
        .meta({ description: "Permissions boundary of the role.", defaultText: "`access.permissionsBoundary`" }),
});

/** An agents' role, resolved: `policy` is the text of the file. */
export type AgentRoleSettings = z.output<typeof agentRole>;

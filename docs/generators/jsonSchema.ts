import { z } from "zod";
import { reports } from "../../cli/reports";
import { stack } from "../../settings/schema/stack";
import { withNamedDefinitions, type JsonSchema } from "./namedDefinitions";

/** The namespace of the configuration keys: the project's name. */
const namespace = "jenkins-ec2-agents";

/** A JSON Schema (draft 7) of `Pulumi.STACK.yaml`, for completion and checks in an editor. */
export function stackFileSchema(): object {
    const {
        $schema,
        properties = {},
        definitions,
    } = z.toJSONSchema(stack, {
        target: "draft-7",
        io: "input",
        reused: "ref",
        override: ({ jsonSchema }) => {
            delete jsonSchema.codec;
            delete jsonSchema.parameters;
            // What an editor shows of it.
            if (jsonSchema.cost !== undefined) jsonSchema.description += ` Costs: ${jsonSchema.cost as string}`;
            delete jsonSchema.cost;
            delete jsonSchema.since;
            delete jsonSchema.needs;
            delete jsonSchema.defaultText;
            delete jsonSchema.replacedAsAWhole;
            delete jsonSchema.forms;
        },
    });
    const keys = Object.fromEntries(
        Object.entries(properties).map(([key, schema]) => [
            `${namespace}:${key}`,
            // In the file each value is { secure: … }.
            key === "secrets" && typeof schema === "object" ? { description: schema.description } : schema,
        ]),
    );
    return withNamedDefinitions({
        $schema,
        title: `Stack settings of ${namespace}`,
        type: "object",
        properties: { config: { type: "object", properties: keys } },
        definitions,
    } as JsonSchema);
}

/** A JSON Schema of fleet files: what is said below the namespace in `Pulumi.STACK.yaml`, by reference to its schema. */
export function fleetFileSchema(): object {
    const keys = Object.keys(stack.omit({ secrets: true, fleet: true }).shape);
    const reference = (key: string) => ({
        $ref: `settings.schema.json#/properties/config/properties/${encodeURIComponent(`${namespace}:${key}`)}`,
    });
    return {
        $schema: "http://json-schema.org/draft-07/schema#",
        title: `Fleet file of ${namespace}`,
        type: "object",
        properties: Object.fromEntries(keys.map((key) => [key, reference(key)])),
        additionalProperties: false,
    };
}

/** A JSON Schema of what commands print with `--json`, each by its name among the definitions. */
export function commandsSchema(): object {
    const { $schema, properties, definitions } = withNamedDefinitions(
        z.toJSONSchema(z.object(reports), { target: "draft-7", reused: "ref" }) as JsonSchema,
    );
    return {
        $schema,
        title: `What the commands of ${namespace} print with --json`,
        definitions: { ...properties, ...definitions },
    };
}

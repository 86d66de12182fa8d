import { mapValues } from "../../settings/collections";
import { description, license, name, version } from "../../package.json";
import { everySetting, inputTypes, type Field, type NamedType, type ValueType } from "./inputTypes";
import { outputTypes } from "./outputTypes";

/** Settings that are secrets as a whole. Outputs are not marked: their values are secrets, and Java (1.36) has no marked outputs of a component. */
const secretInputs = ["secrets"];

const any = { $ref: "pulumi.json#/Any" };

/** The schema of the Pulumi package, from which `pulumi package add` makes a program's own package in its language. */
export function pulumiSchema(): object {
    const { [everySetting]: settings, ...named } = inputTypes();
    const inputs = Object.entries(named).filter(([one]) => !one.endsWith("Addition"));
    const { StackOutputs: outputs, ...results } = outputTypes();
    return {
        name,
        version,
        description,
        license,
        resources: {
            [token("JenkinsAgents")]: {
                description: `${description}.`,
                isComponent: true,
                ...objectOf(outputs!, [], {
                    all: {
                        description:
                            "All outputs but the secrets. Export them by the component's name: the setting `safety` compares with them.",
                        type: "object",
                        additionalProperties: any,
                    },
                }),
                inputProperties: objectOf(settings!, secretInputs).properties,
                requiredInputs: objectOf(settings!, secretInputs).required,
            },
        },
        types: Object.fromEntries(
            [...inputs, ...Object.entries(results)].map(([one, type]) => [
                token(one),
                { description: type.description, type: "object", ...objectOf(type) },
            ]),
        ),
        language: {
            nodejs: { respectSchemaVersion: true },
            // The same name, whether the package comes from a folder or from a repository, whose owner would be a part of it.
            python: {
                packageName: "pulumi_jenkins_ec2_agents",
                respectSchemaVersion: true,
                pyproject: { enabled: true },
            },
            go: { respectSchemaVersion: true, generateResourceContainerTypes: true },
            csharp: { respectSchemaVersion: true },
        },
    };
}

const token = (type: string) => `${name}:index:${type}`;

function objectOf({ fields }: NamedType, secrets: readonly string[] = [], more: Record<string, object> = {}) {
    const property = (field: Field, key: string) => ({
        description: field.description,
        ...specOf(field.type),
        ...(secrets.includes(key) ? { secret: true } : {}),
    });
    const required = Object.keys(fields).filter((key) => fields[key]!.required);
    return {
        properties: { ...mapValues<Field, object>(fields, property), ...more },
        required: [...required, ...Object.keys(more)],
    };
}

/** A type as the schema has it. It knows no null and no words without a name: such a setting is text, which the component checks. */
function specOf(type: ValueType): object {
    switch (type.kind) {
        case "text":
            return { type: "string" };
        case "integer":
        case "number":
        case "boolean":
            return { type: type.kind };
        case "words":
            return { type: typeof type.words[0] === "number" ? "integer" : "string" };
        case "list":
            return { type: "array", items: specOf(type.of) };
        case "map":
            return { type: "object", additionalProperties: specOf(type.of) };
        case "choice":
            return choiceOf(type.of);
        case "named":
            return { type: "object", $ref: `#/types/${token(type.name)}` };
        default:
            return any;
    }
}

/**
 * The Python SDK (3.272) takes no list where another form is allowed as well. So a list that may be added to is a list only, and a
 * setting that is one value or a list of them may be anything: the component checks it.
 */
function choiceOf(forms: readonly ValueType[]): object {
    const list = forms.find(({ kind }) => kind === "list");
    if (list === undefined) return { oneOf: forms.map(specOf) };
    const others = forms.filter((form) => form !== list);
    return others.every(isAddition) ? specOf(list) : any;
}

const isAddition = (form: ValueType) => form.kind === "named" && form.name.endsWith("Addition");

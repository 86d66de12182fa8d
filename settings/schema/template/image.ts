import { z } from "zod";
import { filledWords, mapsOf, sortedEntries, textOf, wordsOf, type Codec } from "../codec";
import { matching, text, wholeNumber } from "../declare";

const filterValues = z.union([text(), z.array(text()).min(1)], { error: "must be text or a list of texts" });

/** An image as the look-up and the payload need it. */
export type ImageSettings =
    | { kind: "id"; id: string }
    | { kind: "ssm"; parameter: string; refresh: number }
    | { kind: "filter"; filters: Record<string, string[]>; owners: string[]; users: string[]; refresh: number }
    | { kind: "launch"; filters: Record<string, string[]>; owners: string[]; users: string[] };

/** What an export has of an image. */
type WrittenImage =
    | { id: string }
    | { filter: Record<string, string | string[]>; owners: string[]; users?: string[]; resolve: "launch" };

/** An id, or for the plugin's own look-up at each launch the query, with the id empty. */
export const imageCodec: Codec<ImageSettings, unknown, WrittenImage> = {
    parameters: ["ami", "amiOwners", "amiUsers", "amiFilters"],
    to: (image) => {
        if (image.kind !== "launch") {
            return { ami: image.kind === "id" ? image.id : "", amiOwners: "", amiUsers: "", amiFilters: [] };
        }
        return {
            ami: "",
            amiOwners: image.owners.join(" "),
            amiUsers: image.users.join(" "),
            amiFilters: sortedEntries(image.filters).map(([name, values]) => ({
                name,
                values: values.map(quoted).join(" "),
            })),
        };
    },
    /** As it is written in a stack file. */
    from: (parameters) => {
        const id = textOf(parameters["ami"]);
        if (id !== "") return { id };
        const filters = mapsOf(parameters["amiFilters"]).map(({ name, values }): [string, string[]] => [
            textOf(name),
            unquotedWords(textOf(values)),
        ]);
        const [owners, users] = [wordsOf(parameters["amiOwners"]), filledWords(parameters["amiUsers"])];
        if (filters.length === 0 && owners.length === 0 && users === undefined) return undefined;
        return {
            filter: Object.fromEntries(
                filters.map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
            ),
            owners,
            users,
            resolve: "launch",
        };
    },
};

/**
 * The plugin splits the values of a filter at white space, but for what is in quotes, and takes a backslash before a quote, a space or
 * another backslash away (EC2Filter, hudson.util.QuotedStringTokenizer).
 */
function quoted(value: string): string {
    return value === "" || /[\s"'\\]/.test(value) ? `"${value.replace(/["\\]/g, "\\$&")}"` : value;
}

function unquotedWords(text: string): string[] {
    return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g)].map(
        ([, double, single, bare]) => double?.replace(/\\(["'\\\s])/g, "$1") ?? single ?? bare ?? "",
    );
}

/** The ways to name an image. A map of settings has exactly one of them. */
export const imageForms = {
    id: {},
    ssm: { allowed: ["refresh"] },
    filter: { needed: ["owners"], allowed: ["users", "resolve", "refresh"] },
} as const;

/** Which image (AMI) the agents start from, and when that is looked up. */
export const image = z
    .strictObject({
        id: matching(/^ami-[0-9a-f]{8,17}$/, "an AMI id, like ami-0123456789abcdef0")
            .optional()
            .meta({
                description: "Id of the AMI. If EC2 shows it, its processor is compared with the instance type.",
                examples: ["ami-0123456789abcdef0"],
                parameters: ["ami"],
            }),
        ssm: matching(/^\/[\w./-]+$/, "the name of an SSM parameter, beginning with /")
            .optional()
            .meta({
                description: "Name of a Systems Manager parameter that holds an AMI id.",
                examples: ["/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"],
                parameters: ["ami"],
            }),
        filter: z
            .record(text(), filterValues)
            .optional()
            .meta({
                description:
                    "Filters of EC2's DescribeImages by name (`name`, `architecture`, `tag:KEY`, …); a value or a list of values each, `*` and `?` allowed. The newest match is used.",
                examples: [{ name: "jenkins-agent-*", architecture: "x86_64" }],
                parameters: ["amiFilters"],
            }),
        owners: z
            .array(
                matching(
                    /^(self|amazon|aws-marketplace|aws-backup-vault|\d{12})$/,
                    "self, amazon, aws-marketplace or an account id",
                ),
            )
            .optional()
            .meta({
                description:
                    "Owners of the image that `filter` looks for. Required with `filter`, because anybody may publish an image of any name.",
                examples: [["self"]],
                parameters: ["amiOwners"],
            }),
        users: z
            .array(matching(/^(self|all|\d{12})$/, "self, all or an account id"))
            .optional()
            .meta({
                description: "Accounts that may launch the image that `filter` looks for.",
                parameters: ["amiUsers"],
            }),
        resolve: z.enum(["deploy", "launch"], { error: "must be deploy or launch" }).optional().meta({
            description:
                "When `filter` is looked up. `deploy`: by this program, at the first deployment and after a change of `refresh`; until then the id stays. `launch`: by the plugin, at each start of an agent.",
            defaultText: "deploy",
        }),
        refresh: wholeNumber(0, 1_000_000)
            .optional()
            .meta({ description: "A number. Another one looks the image up again.", defaultText: "0" }),
    })
    .meta({
        description: "The image (AMI) of the agents: exactly one of `id`, `ssm` and `filter`.",
        replacedAsAWhole: true,
        forms: imageForms,
        examples: [{ id: "ami-0123456789abcdef0" }],
        codec: imageCodec,
        parameters: [], // those within it name theirs
    });

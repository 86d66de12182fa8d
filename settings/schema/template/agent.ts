import { z } from "zod";
import {
    mapsOf,
    numberCodec,
    optionalTextCodec,
    parameterCodec,
    sortedEntries,
    textCodec,
    textOf,
    wordsCodec,
} from "../codec";
import { identifier, matching, oneOf, text, textOrFile, wholeNumber } from "../declare";

/** A label, and no expression. */
export const label = matching(/^[^\s"'()&|!<>,]+$/, "a label: no spaces, quotes, commas or operators");

const tool = z.strictObject({
    // Jenkins takes what is before the first @ of the key for the class (ToolLocationNodeProperty).
    type: matching(/^[\w.$]+$/, "maven, jdk, git, gradle, ant, or the name of a class").meta({
        description: "`maven`, `jdk`, `git`, `gradle`, `ant`, or the class name of the tool's descriptor.",
        examples: ["maven"],
    }),
    home: text().meta({ description: "Folder of the tool on the agent.", examples: ["/opt/maven"] }),
});

const variable = z.union([z.string(), z.number(), z.boolean(), z.strictObject({ secret: identifier })], {
    error: "must be text, a number, true, false, or { secret: NAME } for secrets.variables.NAME",
});

/** A value for a template's texts: itself, or which of the secrets it is. */
export type Variable = z.output<typeof variable>;

const environmentCodec = parameterCodec<Record<string, string>>(
    "nodeProperties",
    (variables) =>
        Object.keys(variables).length === 0
            ? []
            : [
                  {
                      $class: "hudson.slaves.EnvironmentVariablesNodeProperty",
                      env: sortedEntries(variables).map(([key, value]) => ({ key, value })),
                  },
              ],
    (properties) => {
        const variables = mapsOf(properties).flatMap(({ env }) => mapsOf(env));
        return Object.fromEntries(variables.map(({ key, value }) => [textOf(key), textOf(value)]));
    },
);

/** Descriptors of common tools, by the short names of the settings. */
const toolDescriptors: Record<string, string> = {
    ant: "hudson.tasks.Ant$AntInstallation$DescriptorImpl",
    git: "hudson.plugins.git.GitTool$DescriptorImpl",
    gradle: "hudson.plugins.gradle.GradleInstallation$DescriptorImpl",
    jdk: "hudson.model.JDK$DescriptorImpl",
    maven: "hudson.tasks.Maven$MavenInstallation$DescriptorImpl",
};

const toolsCodec = parameterCodec<Record<string, z.output<typeof tool>>>(
    "nodeProperties",
    (tools) => {
        const locations = sortedEntries(tools).map(([name, { type, home }]) => ({
            key: `${Object.hasOwn(toolDescriptors, type) ? toolDescriptors[type] : type}@${name}`,
            home,
        }));
        return locations.length === 0 ? [] : [{ $class: "hudson.tools.ToolLocationNodeProperty", locations }];
    },
    (properties) => {
        const locations = mapsOf(properties).flatMap((property) => mapsOf(property["locations"]));
        return Object.fromEntries(
            locations.map(({ key, name, home }) => {
                const [descriptor = "", ...rest] = textOf(key).split("@");
                const type = Object.keys(toolDescriptors).find((one) => toolDescriptors[one] === descriptor);
                return [rest.join("@") || textOf(name), { type: type ?? descriptor, home: textOf(home) }];
            }),
        );
    },
);

/** What Jenkins does with the instance. */
export const agentShape = {
    description: text()
        .optional()
        .meta({
            description:
                "Name of the template in Jenkins, unique in its cloud. Running agents refer to it; if you change it, they become orphans.",
            defaultText: "the template's id",
            codec: textCodec("description"),
        }),
    order: wholeNumber(0, 10_000).default(100).meta({
        description: "Jenkins tries the templates that have a label in this order, the lowest first, then by id.",
    }),
    labels: z
        .array(label)
        .default([])
        .meta({
            description: "Labels that jobs ask for.",
            examples: [["linux", "docker"]],
            codec: wordsCodec("labelString"),
        }),
    mode: oneOf(["NORMAL", "EXCLUSIVE"])
        .default("NORMAL")
        .meta({
            description: "`NORMAL`: any job may use the agents; `EXCLUSIVE`: only jobs that ask for one of the labels.",
            codec: textCodec("mode"),
        }),
    executors: wholeNumber(1, 1_000)
        .default(1)
        .meta({
            description: "Builds at a time on one agent. With 1, builds do not disturb one another.",
            codec: numberCodec("numExecutors"),
        }),
    remoteUser: text()
        .optional()
        .meta({
            description: "User that Jenkins logs in as.",
            defaultText: "`ec2-user`; `Administrator` on Windows",
            codec: textCodec("remoteAdmin"),
        }),
    remoteFolder: text()
        .optional()
        .meta({
            description: "Folder on the agent where Jenkins works.",
            defaultText: "the user's home folder",
            examples: ["/home/ec2-user"],
            codec: textCodec("remoteFS"),
        }),
    temporaryFolder: text()
        .optional()
        .meta({
            description: "Folder for the init script and the agent's program.",
            defaultText: "/tmp",
            codec: optionalTextCodec("tmpDir"),
        }),
    initScript: textOrFile.optional().meta({
        description:
            "Shell script that runs on a new agent before Jenkins uses it. One line: the path of a file, relative to the project. Several lines: the script itself.",
        examples: [{ inline: "sudo dnf install -y java-21-amazon-corretto-headless git" }],
        replacedAsAWhole: true,
        codec: optionalTextCodec("initScript"),
    }),
    userData: textOrFile.optional().meta({
        description: "User data of the instance (cloud-init or EC2Launch), at most 16 KB. Written like `initScript`.",
        examples: [{ inline: "#!/bin/sh\nmkfs.xfs /dev/nvme1n1\n" }],
        replacedAsAWhole: true,
        codec: optionalTextCodec("userData"),
    }),
    variables: z
        .record(matching(/^[A-Za-z_]\w*$/, "a name of letters, digits and _"), variable)
        .default({})
        .meta({
            description:
                "Values for `initScript` and `userData`, which use them as `{{ NAME | sh }}` or `{{ NAME | powershell }}` (quoted as one word), `{{ NAME }}` (a plain word only), or `{{ NAME | raw }}`. `{ secret: NAME }` takes `secrets.variables.NAME`: the program masks the whole text; in Jenkins and on the instance it is plain. Without variables, braces have no meaning.",
            examples: [{ version: "1.2.3", mirror: "https://mirror.example.com/" }],
            parameters: ["initScript", "userData"],
        }),
    java: z
        .strictObject({
            path: text()
                .default("java")
                .meta({ description: "The `java` program on the agent.", codec: textCodec("javaPath") }),
            options: z
                .string()
                .default("")
                .meta({
                    description: "Options of the agent's JVM.",
                    examples: ["-Xmx512m"],
                    codec: textCodec("jvmopts"),
                }),
        })
        .prefault({})
        .meta({ description: "The agent's Java." }),
    environment: z
        .record(
            // NAME+ANYTHING goes before what NAME has: hudson.EnvVars.override.
            matching(/^[A-Za-z_]\w*(\+\w+)?$/, "the name of an environment variable"),
            z.string({ error: "must be text: put it in quotes" }),
        )
        .default({})
        .meta({
            description:
                "Environment variables of the builds. `PATH+MAVEN` puts a folder first in `PATH`. Not for secrets: Jenkins stores them in plain text.",
            examples: [{ MAVEN_OPTS: "-Xmx1g" }, { "PATH+MAVEN": "/opt/maven/bin" }],
            codec: environmentCodec,
        }),
    tools: z
        .record(text(), tool)
        .default({})
        .meta({
            description: "Where the tools of Jenkins' global tool configuration are on the agent, by the tool's name.",
            examples: [{ "maven-3": { type: "maven", home: "/opt/maven" } }],
            codec: toolsCodec,
        }),
};

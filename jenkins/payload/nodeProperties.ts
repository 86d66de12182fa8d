import { TemplateSettings } from "../../settings";
import { PluginObject } from "../push/request";

/** Descriptors of common tools, by the short names of the settings. */
const toolDescriptors: Record<string, string> = {
    ant: "hudson.tasks.Ant$AntInstallation$DescriptorImpl",
    git: "hudson.plugins.git.GitTool$DescriptorImpl",
    gradle: "hudson.plugins.gradle.GradleInstallation$DescriptorImpl",
    jdk: "hudson.model.JDK$DescriptorImpl",
    maven: "hudson.tasks.Maven$MavenInstallation$DescriptorImpl",
};

/** Environment variables and tool locations, as Jenkins' node properties. */
export function nodeProperties({ environment, tools }: TemplateSettings): PluginObject[] {
    const variables = sorted(environment).map(([key, value]) => ({ key, value }));
    const locations = sorted(tools).map(([name, { type, home }]) => ({
        key: `${Object.hasOwn(toolDescriptors, type) ? toolDescriptors[type] : type}@${name}`,
        home,
    }));
    return [
        ...(variables.length === 0
            ? []
            : [{ $class: "hudson.slaves.EnvironmentVariablesNodeProperty", env: variables }]),
        ...(locations.length === 0 ? [] : [{ $class: "hudson.tools.ToolLocationNodeProperty", locations }]),
    ];
}

/** By name: Pulumi keeps no order of keys. */
function sorted<Value>(map: Record<string, Value>): [string, Value][] {
    return Object.entries(map).sort(([one], [other]) => (one < other ? -1 : 1));
}

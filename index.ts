// The program: a JenkinsAgents of what the stack's configuration says.
import * as pulumi from "@pulumi/pulumi";
import { JenkinsAgents } from "./jenkinsAgents";
import { configuredSettings } from "./settings/configuration";

/** Until 0.1 there was no component: states of that time have its children, under all their names, as the stack's own. */
const wereTheStacksOwn: pulumi.ResourceTransformation = ({ props, opts }) => {
    if (!(opts.parent instanceof JenkinsAgents)) return undefined;
    const names = (opts.aliases ?? []) as pulumi.Alias[];
    const there = [{}, ...names].map((alias) => ({ ...alias, parent: pulumi.rootStackResource }));
    return { props: props as object, opts: { ...opts, aliases: [...names, ...there] } };
};

export = () => new JenkinsAgents("agents", configuredSettings, { transformations: [wereTheStacksOwn] }).all;

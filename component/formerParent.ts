import * as pulumi from "@pulumi/pulumi";
import { JenkinsAgents } from "./jenkinsAgents";

/**
 * Keeps the resources of a stack that was made before 0.2. There was no component until then: such a state has its children,
 * under all their names, as children of the stack. The alias makes them the same resources, so none is replaced.
 */
export const childrenOfTheStack: pulumi.ResourceTransformation = ({ props, opts }) => {
    if (!(opts.parent instanceof JenkinsAgents)) return undefined;
    const names = (opts.aliases ?? []) as pulumi.Alias[];
    const formerNames = [{}, ...names].map((alias) => ({ ...alias, parent: pulumi.rootStackResource }));
    return { props: props as object, opts: { ...opts, aliases: [...names, ...formerNames] } };
};

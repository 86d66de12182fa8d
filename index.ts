// The program: one JenkinsAgents with the settings of the stack's configuration. Its outputs are the stack's outputs.
import { childrenOfTheStack } from "./component/formerParent";
import { JenkinsAgents } from "./component/jenkinsAgents";
import { configuredSettings } from "./settings/read/configuration";

export = () => new JenkinsAgents("agents", configuredSettings, { transformations: [childrenOfTheStack] }).all;

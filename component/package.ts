// What the npm package exports.
export { JenkinsAgents, type JenkinsAgentsArgs } from "./jenkinsAgents";
/** The types of the settings: `inputs.TemplateArgs`, `inputs.CloudArgs` and so on. */
export type * as inputs from "./inputs";
export type { Transform, Transforms } from "./transforms";
export type { StackOutputs, CloudOutputs, ControllerOutputs, ImageOutputs, PushOutputs } from "./outputs";

// The parts, for programs that combine them otherwise.
export { Access } from "../iam/access";
export type { AccessArgs } from "../iam/accessArgs";
export { KeyPair, type KeyPairArgs } from "../ec2/keyPair";
export { SecurityGroup, type SecurityGroupArgs } from "../ec2/securityGroup";
export { Cloud, type CloudArgs } from "../jenkins/cloud";
export type { PushRequest, PushResult } from "../jenkins/push/request";

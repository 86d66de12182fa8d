#!/usr/bin/env node
// The program that Pulumi runs (`main` in Pulumi.yaml), and the commands beside a deployment (`jenkins-ec2-agents plan`). At the
// top level, since `pulumi install` looks for the program's packages in the folder of this file.
"use strict";
const { load, ready, run } = require("./build/bundle.cjs");

if (require.main === module) run("commands");

module.exports = async () => {
    // Pulumi takes a stack trace for each resource and promise. Its language host maps them to the SDK's TypeScript, which takes a
    // fifth of the program's processor time; the program's own file has no such map.
    Error.prepareStackTrace = undefined;
    const [program] = await Promise.all([load("program"), ready("push")]);
    return program();
};

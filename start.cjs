#!/usr/bin/env node
// The program that Pulumi runs (`main` in Pulumi.yaml), and the commands beside a deployment (`jenkins-ec2-agents plan`). At the
// top level, since `pulumi install` looks for the program's packages in the folder of this file.
"use strict";
const { load, ready, run } = require("./build/bundle.cjs");

if (require.main === module) run("commands");

module.exports = async () => {
    const [program] = await Promise.all([load("program"), ready("push")]);
    return program();
};

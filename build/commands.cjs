#!/usr/bin/env node
// The commands beside a deployment: `jenkins-ec2-agents plan`.
"use strict";
require("./bundle.cjs")
    .load("commands")
    .catch((error) => {
        process.stderr.write(`${error.message}\n`);
        process.exitCode = 1;
    });

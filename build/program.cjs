// The program that Pulumi runs.
"use strict";
const { load, ready } = require("./bundle.cjs");

module.exports = async () => {
    const [program] = await Promise.all([load("program"), ready("push")]);
    return program();
};

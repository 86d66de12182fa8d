// The program of the Pulumi package (PulumiPlugin.yaml). Pulumi's Node host loads the folder of the plugin, so `main` in package.json names
// this file. Node programs that import the npm package get what `exports` names.
"use strict";
const { join } = require("node:path");
const { load, ready } = require("./bundle.cjs");

module.exports = async () => {
    const [{ serve }] = await Promise.all([load("provider"), ready("push")]);
    await serve(join(__dirname, ".."));
};

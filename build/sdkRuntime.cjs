// @pulumi/pulumi/runtime in the bundle.
"use strict";
module.exports = require("./sdk.cjs").runtime;

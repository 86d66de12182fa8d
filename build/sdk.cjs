// @pulumi/pulumi in the bundle: the same modules as in its index.js (3.276.0), without the automation API and the serialization of
// functions. These load the TypeScript compiler: measured on 2026-11-30, a program needs 375 ms of processor time to load with
// this file and 640 ms without. Who asks for one of them gets the whole package. The language host has loaded most of the other
// modules already, and there must be one of each.
"use strict";

const parts = [
    require("@pulumi/pulumi/config"),
    require("@pulumi/pulumi/errors"),
    require("@pulumi/pulumi/invoke"),
    require("@pulumi/pulumi/metadata"),
    require("@pulumi/pulumi/output"),
    require("@pulumi/pulumi/resource"),
    require("@pulumi/pulumi/stackReference"),
    require("@pulumi/pulumi/stash"),
    {
        asset: require("@pulumi/pulumi/asset"),
        iterable: require("@pulumi/pulumi/iterable"),
        log: require("@pulumi/pulumi/log"),
        utils: require("@pulumi/pulumi/utils"),
        runtime: withRest(
            [
                require("@pulumi/pulumi/runtime/config"),
                require("@pulumi/pulumi/runtime/invoke"),
                require("@pulumi/pulumi/runtime/resource"),
                require("@pulumi/pulumi/runtime/rpc"),
                require("@pulumi/pulumi/runtime/settings"),
                require("@pulumi/pulumi/runtime/stack"),
            ],
            () => require("@pulumi/pulumi/runtime/index.js"),
        ),
    },
];

/** One object of what all of these export; what none of them has comes from the rest, loaded when it is asked for. */
function withRest(modules, rest) {
    const names = new Proxy({}, { get: (_, name) => (typeof name === "string" ? rest()[name] : undefined) });
    const whole = Object.create(names, { __esModule: { value: true } });
    return Object.assign(whole, ...modules);
}

module.exports = withRest(parts, () => require("@pulumi/pulumi/index.js"));

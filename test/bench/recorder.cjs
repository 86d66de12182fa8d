// Loaded into a measured Node process: notes at its end what it used.
"use strict";
process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    const used = {
        processor: (user + system) / 1e6,
        wall: performance.now() / 1000,
        command: process.argv.join(" "),
    };
    require("node:fs").writeFileSync(`${process.env.BENCH_RECORDS}/${process.pid}.json`, JSON.stringify(used));
});

// The program that the command resource runs: `node -e "require('jenkins-ec2-agents/push')" apply`.
"use strict";
process.argv.splice(1, 0, __filename); // a text that Node evaluates has no file of its own in the arguments
require("./bundle.cjs").run("push");

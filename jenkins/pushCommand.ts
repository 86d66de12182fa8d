import { homedir } from "node:os";
import { join, relative, sep } from "node:path";

/** The module in the text of a command, as JavaScript. Node finds the package by its name, from the folder of the Pulumi project. */
let pushModule = "'jenkins-ec2-agents/push'";

/**
 * The shell command that runs a push. Its text is in the state, so it is the same on every machine and for every version, in a clone and
 * where this program is a package of another project. A state may hold an earlier text (`node --import tsx jenkins/push/main.ts remove`).
 */
export const pushCommand = (operation: "apply" | "remove") => `node -e "require(${pushModule})" ${operation}`;

/**
 * Runs pushes from a Pulumi plugin. A program in another language than JavaScript has no package that Node could find by name.
 *
 * A plugin that Pulumi has downloaded is found among its plugins, the newest one: a push also takes what an earlier version asks for.
 * Any other is found by its path from the folder of the Pulumi project, in which Pulumi runs both plugins and commands.
 *
 * @param folder absolute path of the plugin
 */
export function runPushesFrom(folder: string): void {
    const plugins = join(process.env.PULUMI_HOME || join(homedir(), ".pulumi"), "plugins");
    const isDownloaded = folder.startsWith(plugins + sep);
    pushModule = isDownloaded
        ? newestPlugin
        : `'./${relative(process.cwd(), folder).split(sep).join("/")}/build/push.cjs'`;
}

/** Without double quotes, so that it fits into those of the command. Pulumi keeps files with similar names beside a plugin's folder. */
const newestPlugin = [
    "((p,f)=>f.readdirSync(p).filter(n=>/^resource-.*jenkins-ec2-agents/.test(n))",
    ".map(n=>p+'/'+n+'/build/push.cjs').filter(f.existsSync)",
    ".sort((a,b)=>a.localeCompare(b,'en',{numeric:true})).pop())",
    "((process.env.PULUMI_HOME||require('os').homedir()+'/.pulumi')+'/plugins',require('fs'))",
].join("");

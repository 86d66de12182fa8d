import { homedir } from "node:os";
import { join, resolve } from "node:path";

/**
 * The folder outside the clone where the playground keeps what it obtained: `PLAYGROUND_CACHE`, else `jenkins-ec2-agents` in
 * `XDG_CACHE_HOME`, else in `~/.cache`. Two clones share it; nothing in it is needed once it is removed.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
    if (environment.PLAYGROUND_CACHE) return resolve(environment.PLAYGROUND_CACHE);
    return join(environment.XDG_CACHE_HOME || join(homedir(), ".cache"), "jenkins-ec2-agents");
}

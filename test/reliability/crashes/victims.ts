import { signal, type Process } from "./processes";
import type { CrashWorld } from "./world";

/** Who is struck. */
export interface Victim {
    name: string;
    /** Its process among those that the engine has started. */
    among?: (tree: Process[]) => Process | undefined;
    /** What strikes it. @default SIGKILL */
    strike?: (pid: number) => Promise<void>;
    /** Where it is no descendant of the engine. */
    elsewhere?: (world: CrashWorld) => number;
    /** What is done at once after the stroke, as whoever looks after it does. */
    afterwards?: (world: CrashWorld) => Promise<void>;
}

const pushProgram = /^node -e require\('jenkins-ec2-agents\/push'\)/;
const pushShell = /^\S*sh -c node -e "require\('jenkins-ec2-agents\/push'\)"/;
const isEngine = (tree: Process[]) => tree[0];

export const isPush = ({ command }: Process) => pushProgram.test(command);

export const victims: Victim[] = [
    { name: "engine", among: isEngine },
    { name: "shell of the push", among: (tree) => tree.find(({ command }) => pushShell.test(command)) },
    { name: "node of the push", among: (tree) => tree.find(isPush) },
    { name: "AWS provider", among: (tree) => tree.find(({ command }) => command.includes("pulumi-resource-aws")) },
    {
        name: "controller",
        elsewhere: ({ world }) => world.standIns[0]!.pid,
        afterwards: (world) => world.startControllerAgain(),
    },
    { name: "Ctrl-C once", among: isEngine, strike: async (pid) => signal(pid, "SIGINT") },
    {
        name: "Ctrl-C twice",
        among: isEngine,
        strike: async (pid) => {
            signal(pid, "SIGINT");
            await new Promise((resolve) => setTimeout(resolve, 300));
            signal(pid, "SIGINT");
        },
    },
];

/** Who runs a push, as far as the push needs to know. */
export interface Caller {
    /** Whether it has gone, so that nobody takes note of what is done from now on. */
    gone(): boolean;
}

/**
 * The process that started this one: the shell of Pulumi's command resource. Ctrl-C kills the shell only, and a process whose
 * parent ends gets another one. Asked before each step that changes something.
 */
export function parentProcess(): Caller {
    const parent = process.ppid;
    return { gone: () => process.ppid !== parent };
}

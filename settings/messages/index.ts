import { faults } from "../plugin/table";
import type { Fault } from "../plugin/fault";
import type { Message } from "../problem";
import { pushMessages } from "./pushMessages";
import { errors, warnings } from "./settingsMessages";

/**
 * Everything that a user can be told of a stack, by its code: the sections of docs/messages.md in their order, and where the
 * links of all messages lead.
 */
export const messages: Readonly<Record<string, Message>> = {
    ...errors,
    ...warnings,
    ...Object.fromEntries(faults.map((fault) => [fault.id, messageOf(fault)])),
    ...pushMessages,
};

/** What `silence` takes: the codes of warnings and of the plugin's faults. */
export const silenceable: readonly string[] = [...Object.keys(warnings), ...faults.map(({ id }) => id)];

function messageOf({ severity, with: when, happens, remedy }: Fault): Message {
    return {
        severity: severity === "error-without-cap" ? "either" : severity,
        happens: `With ${when}, ${happens}.`,
        remedy: `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}.`,
    };
}

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { groupBy } from "../../../settings/collections";
import { errors, warnings } from "../../../settings/messages/settingsMessages";
import { faults } from "../../../settings/plugin/table";
import { messageTexts } from "./messageTexts";

const codes = new Set([...Object.keys(errors), ...Object.keys(warnings)]);
const texts = messageTexts(codes);
/** As faultReport.ts shows it: the first clause where the whole is too long. */
const faultTexts = faults.map(({ id, happens, remedy }) => ({
    code: id,
    message: `with ec2 2063.ve202101143b_6 on team-a, ${happens.split(/[;:] /)[0]}`,
    fix: remedy,
}));
const all = [...texts, ...faultTexts];

const mostCharacters = 160;

describe("messages", () => {
    it("are in one list, messages.txt, to be read as one (vitest -u writes it)", async () => {
        const byText = groupBy(all, ({ message, fix }) => `${message}${fix === undefined ? "" : `\n    fix: ${fix}`}`);
        const lines = [...byText].map(([text, same]) => {
            const each = new Set(same.map(({ code }) => code));
            return `${[...each].sort().join(", ")}\n    ${text}\n`;
        });
        await expect(lines.sort().join("")).toMatchFileSnapshot(join(__dirname, "messages.txt"));
    });

    it("have at most 160 characters", () => {
        expect(all.filter(({ message }) => message.length > mostCharacters)).toEqual([]);
    });

    it("are there for each code of the registry", () => {
        const used = new Set(texts.map(({ code }) => code));
        expect([...codes].filter((code) => !used.has(code))).toEqual([]);
    });
});

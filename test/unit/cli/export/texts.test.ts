import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TextFolder } from "../../../../cli/export/texts";

const script = "#!/bin/sh\nset -eu\n\necho one\necho two\n";

describe("a text of a template", () => {
    it("of a few lines stays in the fleet file", () => {
        const folder = new TextFolder("fleets/team-a");
        expect(
            folder.withoutTexts("linux", { initScript: { inline: "echo one" }, userData: "#cloud-config\n" }),
        ).toEqual({
            initScript: { inline: "echo one" },
            userData: { inline: "#cloud-config\n" },
        });
        expect(folder.files).toEqual({});
    });

    it("of more lines is a file beside it, once however many templates have it", () => {
        const folder = new TextFolder("fleets/team-a");
        const file = { file: "fleets/team-a/linux-initScript.sh" };
        expect(folder.withoutTexts("linux", { initScript: script })).toEqual({ initScript: file });
        expect(folder.withoutTexts("other", { initScript: script, userData: script })).toEqual({
            initScript: file,
            userData: file,
        });
        expect(folder.files).toEqual({ "fleets/team-a/linux-initScript.sh": script });
    });

    it("with carriage returns or blanks at an end is a file, however short: YAML would not give it back", () => {
        const folder = new TextFolder("fleets/team-a");
        folder.withoutTexts("windows", { userData: "<powershell>\r\nGet-Date\r\n</powershell>" });
        expect(folder.files).toEqual({
            "fleets/team-a/windows-userData.ps1": "<powershell>\r\nGet-Date\r\n</powershell>",
        });
    });

    it("is in one of the two byte for byte, whatever it is", () => {
        fc.assert(
            fc.property(
                fc.string({ unit: fc.constantFrom("a", " ", "\n", "\r", "\t", ":", "#", "😀"), minLength: 1 }),
                (text) => {
                    const folder = new TextFolder("fleets/x");
                    const { initScript } = folder.withoutTexts("t", { initScript: { inline: text } }) as {
                        initScript: { inline?: string; file?: string };
                    };
                    expect(initScript.inline ?? folder.files[initScript.file!]).toBe(text);
                },
            ),
            { numRuns: 300 },
        );
    });
});

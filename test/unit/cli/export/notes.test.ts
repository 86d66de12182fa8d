import { describe, expect, it } from "vitest";
import { Notes } from "../../../../cli/export/notes";

describe("a note", () => {
    it("is there once, with all its places, and those of templates in one", () => {
        const notes = new Notes();
        notes.add("clouds.a.templates.linux", "is left out");
        notes.add("jenkins.clouds[0].amazonEC2.templates[0].ami", "is not known");
        notes.add("clouds.a.templates.mac", "is left out");
        notes.add("clouds.b.templates.linux", "is left out");
        notes.add("jenkins.clouds[0].amazonEC2.region", "is not known");
        notes.add("jenkins.clouds[0].amazonEC2.templates[3].ami", "is not known");
        notes.add("clouds.a.templates.linux", "is left out");
        expect(notes.lines()).toEqual([
            "clouds.a.templates.{linux, mac}, clouds.b.templates.linux: is left out",
            "jenkins.clouds[0].amazonEC2.templates[0, 3].ami, jenkins.clouds[0].amazonEC2.region: is not known",
        ]);
    });
});

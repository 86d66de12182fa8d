import { describe, expect, it } from "vitest";
import { excerpt } from "../../jenkins/push/answers";
import { plan } from "../../jenkins/preview/compare";
import { renderPlan } from "../../jenkins/preview/render";
import { printable } from "../../settings/printable";
import { access, pushRequest, asIs } from "./fixtures";
import { dataOf, framed, ScriptedServer } from "./server";
import { newestRelease } from "../../settings/plugin/releases";

const isControl = /(?![\n\t])[\p{Cc}\u202e]/u;

describe("control characters of a controller's answers", () => {
    it("are shown as code points; ends of lines and tabs stay", () => {
        expect(printable("a\u001b[31mb\u009bc\u202ed\r\n\te")).toBe("a\\u001b[31mb\\u009bc\\u202ed\\u000d\n\te");
        expect(printable("Größe 大")).toBe("Größe 大");
    });

    it.each(["&#27;", "&#x1b;", "&#X1B;", "\u001b", "&#155;"])("do not come out of a page that writes %j", (escape) => {
        expect(excerpt(`<p>${escape}]0;title</p>`, asIs)).toMatch(/^\\u00(1b|9b)\]0;title$/);
    });

    it("leave what is no character as it is", () => {
        expect(excerpt("&#9999999; &#x110000;", asIs)).toBe("&#9999999; &#x110000;");
    });

    it("reach neither a preview nor an error", async () => {
        const evil = "\u001b]0;x\u0007";
        const differing = {
            exists: true,
            foreign: [`cloud ${evil}`],
            templates: [],
            notes: [evil],
            differences: [
                { subject: "cloud", id: "", existed: true, path: ["instanceCapStr"], before: evil, after: "1" },
                { subject: "template", id: evil, existed: true, wanted: false, path: [], before: evil, after: "" },
            ],
        };
        let reply: object = { value: differing };
        const server = await ScriptedServer.start((request) =>
            request.method === "GET"
                ? {
                      status: 200,
                      body: JSON.stringify({
                          plugins: [{ shortName: "ec2", version: newestRelease.version, active: true }],
                      }),
                  }
                : { status: 200, body: framed(dataOf(request), reply) },
        );
        try {
            const request = pushRequest(access(server.url));
            expect(renderPlan(await plan(request, () => undefined))).not.toMatch(isControl);
            reply = { problems: [{ code: "request-failed", text: `no ${evil}` }] };
            await expect(plan(request, () => undefined)).rejects.toThrow("no \\u001b]0;x\\u0007");
        } finally {
            await server.stop();
        }
    });
});

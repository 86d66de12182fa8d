import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { redactedData, redactor, secretsOf, secretsOfCloud } from "../../jenkins/push/redact";
import { access, PRIVATE_KEY, pushRequest } from "./fixtures";

/** Text that the mask itself cannot bring back. */
const secret = fc.string({ minLength: 8, maxLength: 60, unit: "binary" }).filter((each) => !each.includes("*"));

describe("redaction", () => {
    it("knows the passwords of the environment's proxies", () => {
        vi.stubEnv("https_proxy", "http://me:p%40ss-of-proxy@proxy:3128");
        expect(secretsOf(access("https://jenkins.example.com/"))).toEqual(
            expect.arrayContaining(["p%40ss-of-proxy", "p@ss-of-proxy"]),
        );
        vi.unstubAllEnvs();
    });

    it("masks the beginning of a secret where a text was cut, and leaves what is short", () => {
        const redact = redactor(["hunter2-hunter2", "line one\nline two"]);
        expect(redact("the password hunter2-h… and more")).toBe("the password ****… and more");
        expect(redact("a line o…")).toBe("a ****…");
        expect(redact("a hun… and hunter2-h")).toBe("a hun… and hunter2-h");
    });

    it("masks a secret anywhere in any text", () => {
        fc.assert(
            fc.property(fc.string(), secret, fc.string(), (before, hidden, after) => {
                expect(redactor([hidden])(before + hidden + after)).not.toContain(hidden);
            }),
        );
    });

    it("masks the forms of transport: JSON, URL, form, base64 at any position", () => {
        const printable = fc.string({ minLength: 10, maxLength: 60 }).filter((each) => !each.includes("*"));
        fc.assert(
            fc.property(
                printable,
                fc.string({ maxLength: 5 }),
                fc.string({ maxLength: 5 }),
                (hidden, before, after) => {
                    const redact = redactor([hidden]);
                    expect(redact(JSON.stringify(`${before} ${hidden}`))).not.toContain(
                        JSON.stringify(hidden).slice(1, -1),
                    );
                    expect(redact(encodeURIComponent(hidden))).not.toContain(encodeURIComponent(hidden));
                    const base64 = Buffer.from(before + hidden + after).toString("base64");
                    expect(Buffer.from(redact(base64), "base64").toString()).not.toContain(hidden);
                },
            ),
        );
    });

    it.each(["&#039;", "&#39;", "&apos;"])("masks a secret in a page that writes its quote as %s", (quote) => {
        expect(redactor([`it's "hidden"`])(`<p>it${quote}s &quot;hidden&quot;</p>`)).toBe("<p>****</p>");
    });

    it("masks many secrets, also where one holds another", () => {
        fc.assert(
            fc.property(fc.array(secret, { minLength: 1, maxLength: 5 }), (hidden) => {
                const masked = redactor(hidden)(hidden.join(" and "));
                hidden.forEach((each) => expect(masked).not.toContain(each));
            }),
        );
    });

    it("masks single lines of a private key, and the key with escaped line ends, also after texts that could hold neither", () => {
        const redact = redactor([PRIVATE_KEY]);
        expect(redact("Success")).toBe("Success");
        for (const line of PRIVATE_KEY.split("\n").filter((each) => each && !each.startsWith("-----"))) {
            expect(redact(`at ${line};`)).toBe("at ****;");
        }
        expect(redact(JSON.stringify({ key: PRIVATE_KEY }))).toBe('{"key":"****"}');
    });

    it("masks the Authorization header made of user and token", () => {
        const header = Buffer.from("provisioner:api-token-7d1f").toString("base64");
        expect(redactor(["api-token-7d1f"])(header)).toContain("****");
        expect(Buffer.from(redactor(["api-token-7d1f"])(header), "base64").toString()).not.toContain("token-7d1f");
    });

    it("masks every text in data, and leaves its keys", () => {
        const redact = redactor(["agents"]);
        expect(redactedData({ agents: ["my agents", { a: "agents" }], count: 2, none: null }, redact)).toEqual({
            agents: ["my ****", { a: "****" }],
            count: 2,
            none: null,
        });
    });

    it("leaves other text as it is", () => {
        expect(redactor(["hunter2-hunter2"])("cloud agents: put in place")).toBe("cloud agents: put in place");
    });

    it("knows every secret of a request, those in plugin parameters too", () => {
        const request = pushRequest(
            access("http://127.0.0.1/", {
                password: "pass-1",
                clientKey: "client-key",
                proxy: "http://me:p%40ss@proxy:3128",
            }),
        );
        request.cloud.templates[0].parameters.amiType = {
            $class: "WindowsData",
            password: "windows-1",
            specifyPassword: "true",
        };
        request.cloud.templates[0].parameters.nodeProperties = [
            {
                $class: "EnvironmentVariablesNodeProperty",
                env: [
                    { key: "DB_PASSWORD", value: "database-1" },
                    { key: "NPM_TOKEN", value: "registry-1" },
                    { key: "FTP_PASSWD", value: "transfer-1" },
                    { key: "GIT_CREDENTIAL", value: "sources-1" },
                    { key: "GIT_CREDENTIALS_ID", value: "an id" },
                    { key: "A", value: "B" },
                ],
            },
        ];
        request.cloud.parameters.useInstanceProfileForCredentials = "true";
        Object.assign(request.cloud.templates[0].parameters, { metadataTokensRequired: "true", tokenId: "no-secret" });
        expect([...secretsOf(request.controller), ...secretsOfCloud(request.cloud)].sort()).toEqual(
            [
                PRIVATE_KEY,
                "api-token-7d1f",
                "client-key",
                "database-1",
                "p%40ss",
                "p@ss",
                "pass-1",
                "registry-1",
                "sources-1",
                "transfer-1",
                "wJalrXUtnFEMI/K7MDENG",
                "windows-1",
            ].sort(),
        );
    });
});

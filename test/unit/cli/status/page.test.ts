import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { statusPage } from "../../../../cli/status/page";
import { statusOf } from "../../../../cli/status/compile";
import { statusText } from "../../../../cli/status/text";
import { documentOf, obtainBrowser, type Browser } from "../../../../playground/browser";
import { sampleFleet } from "./sample";

const hostile = `"><script>alert(1)</script><img src=https://elsewhere.example/x>'&\u202e`;

/** A fleet whose every name is an attack. */
function hostileFleet() {
    const asked = sampleFleet();
    const [controller] = asked.controllers;
    const fleet = controller!.fleet!;
    fleet.agents[0]!.reason = hostile;
    fleet.agents[0]!.name = hostile;
    fleet.agents[1]!.template = hostile.repeat(5);
    fleet.waiting[0] = { name: hostile, url: "javascript:alert(1)", label: hostile, seconds: 9 };
    fleet.installed.jenkins = hostile;
    const { request } = controller!.clouds[0]!.push;
    request.cloud.templates[0]!.parameters.labelString = `${hostile} ${"x".repeat(300)}`;
    asked.controllers[2]!.problem = hostile;
    asked.controllers[2]!.url = "javascript:alert(1)";
    asked.regions[0]!.instances[3]!.type = hostile;
    asked.problems = [hostile];
    return asked;
}

describe("the page", () => {
    it("shows every part: controllers, versions, templates, agents, waiting builds, drift, orphans, and why one is not reachable", () => {
        const page = statusPage(statusOf(sampleFleet()));
        for (const text of [
            "jenkins-ec2-agents/prod",
            "2059.v05f9d511d7e5",
            "linux-spot",
            "3 builds wait",
            "known faults of this release that the settings meet",
            "<code>cap-race</code>",
            "2 differences",
            "2026-11-19 08:12 UTC",
            "connection refused",
            "not every controller could be asked: lab",
            "instance stopped, Disconnected",
            'href="https://jenkins.example.com/team-a/job/nightly/"',
            'href="https://eu-central-1.console.aws.amazon.com/ec2/home?region=eu-central-1#InstanceDetails:instanceId=i-0',
        ]) {
            expect(page).toContain(text);
        }
    });

    it("holds no script, nothing of elsewhere, and names as text only", () => {
        const page = statusPage(statusOf(hostileFleet()));
        expect(page).not.toMatch(/<script|<img|="javascript:|\u202e/i);
        expect(page).toContain("&#60;script&#62;");
        const loads = [...page.matchAll(/<[^>]*\s(?:src|href|action|data|poster)="([^"]*)"/g)].map(
            ([, address]) => address!,
        );
        expect(loads.filter((address) => !/^(https:\/\/|#|data:,)/.test(address))).toEqual([]);
        expect(page).not.toMatch(/@import|url\(/);
    });

    it("says each state in words and by a shape of its own", () => {
        const page = statusPage(statusOf(sampleFleet()));
        for (const state of ["busy", "idle", "launching", "offline"]) {
            expect(page).toContain(`<symbol id="${state}"`);
            expect(page).toMatch(new RegExp(`<use href="#${state}" ?/></svg>[^<]*(</span>)?\\s*${state}`));
        }
    });

    // In a real browser: where there is none, and Debian's cannot be had, that is said and this is skipped. It may have to be unpacked first.
    it("fits a phone and a wide window, and loads nothing", async (context) => {
        const browser = await obtainBrowser(() => undefined).catch((error: Error) => error);
        if (browser instanceof Error) return context.skip(`no browser: ${browser.message}`);
        for (const fleet of [sampleFleet(), hostileFleet()]) {
            for (const found of await measured(browser, statusPage(statusOf(fleet)))) {
                expect(found).toMatchObject({ overflow: 0, beyond: [], loaded: [], refused: [] });
                expect(found.text).toContain("jenkins-ec2-agents/prod");
                expect(found.text).toContain("not reachable");
            }
        }
    }, 300_000);
});

interface Measured {
    width: number;
    /** Pixels by which the page is wider than its window. */
    overflow: number;
    /** Elements that reach beyond the window. */
    beyond: string[];
    /** What the page asked for. */
    loaded: string[];
    /** What its own policy kept it from asking for. */
    refused: string[];
    text: string;
}

/** Opens the page in frames of a phone's width and of a screen's, and reads what became of it. */
async function measured(browser: Browser, page: string): Promise<Measured[]> {
    const folder = mkdtempSync(join(tmpdir(), "status-page-"));
    try {
        const source = page.replace(/&/g, "&amp;").replace(/"/g, "&quot;");
        const frames = [390, 1280].map(
            (width) => `<iframe srcdoc="${source}" style="width:${width}px;height:900px"></iframe>`,
        );
        const script = `addEventListener("load", () => {
            const found = [...document.querySelectorAll("iframe")].map((frame) => {
                const { documentElement: root, body } = frame.contentDocument;
                const width = frame.clientWidth;
                const beyond = [...body.querySelectorAll("*")].filter((each) => each.getBoundingClientRect().right > width + 0.5 && !each.closest("thead"));
                return {
                    width,
                    overflow: root.scrollWidth - width,
                    beyond: beyond.map((each) => each.outerHTML.slice(0, 200)),
                    loaded: frame.contentWindow.performance.getEntriesByType("resource").map(({ name }) => name),
                    refused: [...frame.contentDocument.querySelectorAll("script, img, iframe, object, [onload], [onerror]")].map(String),
                    text: body.innerText,
                };
            });
            document.body.textContent = btoa(encodeURIComponent(JSON.stringify(found)));
        });`;
        const file = join(folder, "frames.html");
        writeFileSync(file, `<!doctype html><meta charset="utf-8"><body>${frames.join("")}<script>${script}</script>`);
        const answer = /<body>([\w+/=]+)\s*<\/body>/.exec(await documentOf(browser, file))![1]!;
        return JSON.parse(decodeURIComponent(Buffer.from(answer, "base64").toString())) as Measured[];
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

describe("the text", () => {
    it("says the whole in its first line, and all that is wrong below it", () => {
        const [first, second] = statusText(statusOf(sampleFleet())).split("\n");
        expect(first).toBe(
            "jenkins-ec2-agents/prod, 2026-11-25 21:40 UTC: agents: 13 busy, 3 idle, 3 launching, 1 offline; 3 builds wait; 3.86 USD/h for 21 instances; 2 instances that no controller knows; 1 controller not reachable",
        );
        expect(second).toMatch(/^error: controllers\.lab: could not be asked: .*connection refused/);
    });
});

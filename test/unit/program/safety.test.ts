import { describe, expect, test } from "vitest";
import { change, deployedInventory, tooLarge, type Changed, type Inventory } from "../../../jenkins/preview/guard";
import { resolved } from "../settings/support";

const templates = (count: number) => Array.from({ length: count }, (_, index) => `template-${index}`);
const safety = { percent: 30, least: 10, allow: {} };
const refusals = (before: Inventory, after: Inventory, changed: Changed[] = [], allow = {}) =>
    tooLarge(change(before, after, changed), { ...safety, allow });

describe("a change is refused", () => {
    test("when a fleet file was emptied but for a template", () => {
        const [problem, ...more] = refusals({ main: { agents: templates(12) } }, { main: { agents: ["template-0"] } });
        expect(more).toMatchObject([]);
        expect(problem).toMatchObject({
            path: "safety.allow.templates",
            message: `11 of 12 templates would be removed or changed, more than safety.percent (30 %) allows: removed: ${templates(
                12,
            )
                .slice(1)
                .map((one) => `agents/${one}`)
                .join(", ")}`,
            fix: "if you mean it, allow this change: pulumi config set --path 'safety.allow.templates' 11",
        });
    });

    test("when it is for another stack: every controller would go, and with it every cloud", () => {
        const before = Object.fromEntries(templates(20).map((id) => [id, { agents: ["linux"] }]));
        const after = { "team-z": { agents: ["linux"] } };
        expect(refusals(before, after).map(({ path }) => path)).toEqual([
            "safety.allow.controllers",
            "safety.allow.clouds",
        ]);
    });

    test("when one value that many templates share is another", () => {
        const there = { main: { agents: templates(20) } };
        const changed = templates(7).map((template) => ({ controller: "main", cloud: "agents", template }));
        expect(refusals(there, there, changed)).toHaveLength(1);
    });

    test("when a cloud's own setting changes on many controllers", () => {
        const there = Object.fromEntries(templates(10).map((id) => [id, { agents: ["linux"] }]));
        const changed = Object.keys(there).map((controller) => ({ controller, cloud: "agents", template: "" }));
        expect(refusals(there, there, changed).map(({ path }) => path)).toEqual(["safety.allow.clouds"]);
    });

    test("again, when another size of it is allowed", () => {
        expect(refusals({ main: { agents: templates(12) } }, { main: {} }, [], { templates: 11 })).toHaveLength(1);
    });
});

describe("a change is made", () => {
    test("when it is small", () => {
        const there = { main: { agents: templates(20) } };
        const changed = templates(6).map((template) => ({ controller: "main", cloud: "agents", template }));
        expect(refusals(there, there, changed)).toEqual([]);
    });

    test("when there is little to lose", () => {
        expect(refusals({ main: { agents: templates(9) } }, { main: { agents: [] } })).toEqual([]);
    });

    test("when just its size is allowed", () => {
        expect(refusals({ main: { agents: templates(12) } }, { main: { agents: [] } }, [], { templates: 12 })).toEqual(
            [],
        );
    });

    test("when nothing was there: new things are no loss", () => {
        expect(refusals({}, { main: { agents: templates(50) } })).toEqual([]);
    });

    test("when the same template differs on many controllers: it is one", () => {
        const there = Object.fromEntries(templates(9).map((id) => [id, { agents: templates(10) }]));
        const changed = Object.keys(there).map((controller) => ({
            controller,
            cloud: "agents",
            template: "template-1",
        }));
        expect(refusals(there, there, changed)).toEqual([]);
    });
});

test("a controller or a cloud whose id was renamed in the settings is the same one", () => {
    const settings = resolved();
    const [cloud] = Object.values(settings.clouds);
    const [id] = cloud!.controllers;
    const { url } = settings.controllers[id!]!;
    const push = { jenkins: "2.479.3", plugin: "2059", templates: ["linux"], connection: "Success" };
    const gone = { url: "https://gone.example.com/", clouds: { old: { ...push, cloud: "old" } } };
    const deployed = { former: { url, clouds: { before: { ...push, cloud: cloud!.name } } }, gone };
    expect(deployedInventory(settings, { controllers: deployed })).toEqual({
        [id!]: { [cloud!.id]: ["linux"] },
        gone: { old: ["linux"] },
    });
});

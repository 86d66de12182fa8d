import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { runWholeProgram, smallStack, type MockedStack } from "../program/wholeProgram";

const bundled = async () => createRequire(__filename)("../../../start.cjs") as () => Promise<MockedStack["outputs"]>;

it("does as one file what it does from its sources", async () => {
    const [one, other] = [await runWholeProgram(smallStack, bundled), await runWholeProgram(smallStack)];
    expect(one.resources.length).toBeGreaterThan(30);
    const byName = ({ resources }: MockedStack) =>
        Object.fromEntries(resources.map((each) => [`${each.type} ${each.name}`, each.inputs]));
    expect(byName(one)).toEqual(byName(other));
    expect(one.options).toEqual(other.options);
    expect(one.secretInputs.sort()).toEqual(other.secretInputs.sort());
    expect(Object.keys(one.outputs)).toEqual(Object.keys(other.outputs));
});

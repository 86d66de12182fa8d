import { describe, expect, test } from "vitest";
import { choose, Unavailable, type Source } from "../../../playground/engine/choose";
import type { EngineKind, FoundEngine } from "../../../playground/engine/engine";

const silent = () => undefined;

const engine = (description: string): FoundEngine => ({
    description,
    version: "3.259.0",
    command: "/somewhere/pulumi",
    environment: { PULUMI_HOME: "/somewhere/home" },
    provider: "the real one",
});

function sources(answers: Record<EngineKind, string | Error>) {
    const tried: EngineKind[] = [];
    const list = (["path", "launcher", "built"] as const).map((kind): Source => {
        const obtain = async () => {
            tried.push(kind);
            const answer = answers[kind];
            if (answer instanceof Error) throw answer;
            return engine(answer);
        };
        return { kind, obtain };
    });
    return { tried, list };
}

describe("the engine that is chosen", () => {
    test("is the first that can be had, and the others are not tried", async () => {
        const { tried, list } = sources({ path: "pulumi from the PATH", launcher: "official", built: "built" });
        const chosen = await choose(list, undefined, silent);
        expect(tried).toEqual(["path"]);
        expect(chosen).toMatchObject({ kind: "path", reason: "pulumi from the PATH", command: "/somewhere/pulumi" });
    });

    test("says in one line why those before it could not be had", async () => {
        const { tried, list } = sources({
            path: new Unavailable("no pulumi on the PATH"),
            launcher: new Unavailable("the launcher got no answer"),
            built: "pulumi 3.259.0, built",
        });
        const chosen = await choose(list, undefined, silent);
        expect(tried).toEqual(["path", "launcher", "built"]);
        expect(chosen.kind).toBe("built");
        expect(chosen.reason).toBe("pulumi 3.259.0, built; no pulumi on the PATH; the launcher got no answer");
    });

    test("is the one that PLAYGROUND_ENGINE asks for", async () => {
        const { tried, list } = sources({ path: "from the PATH", launcher: "official", built: "built" });
        const chosen = await choose(list, "built", silent);
        expect(tried).toEqual(["built"]);
        expect(chosen.reason).toBe("built; PLAYGROUND_ENGINE asks for it");
    });
});

describe("there is no engine", () => {
    test("when PLAYGROUND_ENGINE is no kind: the error says what is allowed", async () => {
        const { list } = sources({ path: "a", launcher: "b", built: "c" });
        await expect(choose(list, "docker", silent)).rejects.toThrow(
            "PLAYGROUND_ENGINE is 'docker'. Allowed: path, launcher, built; unset it to take the first that can be had.",
        );
    });

    test("when the one asked for cannot be had: the others are not tried instead", async () => {
        const { tried, list } = sources({ path: new Unavailable("no pulumi on the PATH"), launcher: "b", built: "c" });
        await expect(choose(list, "path", silent)).rejects.toThrow(
            "No Pulumi engine can be had:\n  no pulumi on the PATH",
        );
        expect(tried).toEqual(["path"]);
    });

    test("when one fails for a reason that is to be seen, such as a missing prerequisite", async () => {
        const { tried, list } = sources({ path: new Error("disk full"), launcher: "b", built: "c" });
        await expect(choose(list, undefined, silent)).rejects.toThrow("disk full");
        expect(tried).toEqual(["path"]);
    });
});

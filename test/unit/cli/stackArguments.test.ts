import { expect, it, vi } from "vitest";
import { enterFolder, separated } from "../../../cli/stackArguments";

it.each([
    ["--stack prod --json", "--json", "--stack prod"],
    ["--json -- --stack prod", "--json", "--stack prod"],
    ["--stack=prod --json -- --config-file a.yaml", "--json", "--stack=prod --config-file a.yaml"],
    ["-s prod --config-file a.yaml --label linux", "--label linux", "-s prod --config-file a.yaml"],
])("the flags that choose a stack go to pulumi, before and behind --: %s", (words, own, stackArguments) => {
    expect(separated(words.split(" "), { asksPulumi: true })).toEqual({
        own: own.split(" "),
        stackArguments: stackArguments.split(" "),
    });
});

it("a command that does not run pulumi reads them itself, before and behind --", () => {
    const own = ["--json", "--stack", "prod"];
    for (const words of [own, ["--json", "--", "--stack", "prod"]]) {
        expect(separated(words, { asksPulumi: false })).toEqual({ own, stackArguments: [] });
    }
});

it.each([
    ["--cwd", "FOLDER", "--stack", "dev"],
    ["--stack", "dev", "--cwd=FOLDER"],
    ["-C", "FOLDER", "--stack", "dev"],
])("the folder of the project is entered, as `pulumi` does: %s %s", (...words) => {
    const entered = vi.spyOn(process, "chdir").mockImplementation(() => undefined);
    expect(enterFolder(words)).toEqual(["--stack", "dev"]);
    expect(entered).toHaveBeenLastCalledWith("FOLDER");
    entered.mockRestore();
});

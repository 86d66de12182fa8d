import { expect, test } from "vitest";
import { withoutConfigFile } from "../../../cli/pulumi";

test.each([
    ["two words", ["--stack", "prod", "--config-file", "/elsewhere/Pulumi.prod.yaml", "--cwd", "app"]],
    ["one word", ["--stack", "prod", "--config-file=/elsewhere/Pulumi.prod.yaml", "--cwd", "app"]],
    ["absent", ["--stack", "prod", "--cwd", "app"]],
])("what selects the stack goes to `pulumi stack export`, but for the configuration file (%s)", (_, given) => {
    expect(withoutConfigFile(given)).toEqual(["--stack", "prod", "--cwd", "app"]);
});

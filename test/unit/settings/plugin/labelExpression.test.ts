import { describe, expect, it } from "vitest";
import { fitsLabels } from "../../../../settings/plugin/labelExpression";

describe("labels and an expression of labels", () => {
    it.each([
        ["linux", true],
        ["mac", false],
        ["!mac", true],
        ["linux && docker-1", true],
        ["linux&&!docker-1", false],
        ["mac || linux && docker-1", true],
        ["(mac || linux) && mac", false],
        ["mac -> nothing", true],
        ["linux -> mac", false],
        ["mac <-> windows", true],
        ["linux <-> mac", false],
        ['"a b"', true],
        ['"a b" && linux', true],
    ])("%s: %s", (expression, fits) => {
        expect(fitsLabels(expression, ["linux", "docker-1", "a b"])).toBe(fits);
    });

    it.each(["linux &&", "(linux", "linux)", "", "&& linux", "linux docker-1", "linux & docker-1"])(
        "fit nothing where it is no expression: %s",
        (expression) => {
            expect(fitsLabels(expression, ["linux", "docker-1"])).toBe(false);
        },
    );
});

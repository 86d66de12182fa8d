import { describe, expect, it } from "vitest";
import { scopedPolicy } from "../../../../iam/scopedPolicy";
import { isAllowed, type Authorisation } from "./evaluate";
import { launch } from "./plugin-requests";

const versions = ["2.0.7", "1648", "1688", "1822", "1911", "1950", "2036", "2059"];

const scoped = scopedPolicy({
    owner: "fleet/prod",
    regions: ["eu-central-1"],
    spot: false,
    stop: false,
    console: false,
    password: false,
    passedRoles: [],
});

const refused = async (asked: Authorisation[]) => {
    const answers = await Promise.all(asked.map((one) => isAllowed(scoped, one)));
    return asked.filter((_, index) => !answers[index]).map(({ action, resource }) => `${action} ${resource}`);
};

describe("scoped", () => {
    it.each(versions)("lets the plugin %s launch an agent", async (version) => {
        expect(await refused(launch(version).flatMap(({ needs }) => needs))).toEqual([]);
    });
});

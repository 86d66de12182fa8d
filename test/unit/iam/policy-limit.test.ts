import { describe, expect, it } from "vitest";
import { policyDocument } from "../../../iam/policyDocument";
import { fitting } from "../../../iam/stackAccess";

const documentOf = (length: number) => {
    const withResource = (Resource: string) => policyDocument({ Effect: "Allow", Action: ["iam:PassRole"], Resource });
    return withResource("x".repeat(length - JSON.stringify(withResource("")).length));
};

describe("IAM's limit for a policy", () => {
    it("lets a document of 6144 characters through as it is", () => {
        expect(fitting(documentOf(6144), "project:access.policy")).toEqual(documentOf(6144));
    });

    it("is said with the setting, the length and what makes it shorter, before AWS is asked", () => {
        expect(() => fitting(documentOf(6145), "project:access.policy")).toThrow(
            /project:access\.policy\n {4}the settings make a policy of 6145 characters, and IAM allows 6144\n {4}fix: use fewer instance profiles/,
        );
    });
});

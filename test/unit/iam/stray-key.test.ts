import { describe, expect, it } from "vitest";
import { strayKeyMessage } from "../../../iam/strayKey";

describe("an access key that no state knows", () => {
    const command = "aws iam delete-access-key --user-name jenkins-aws-team-a --access-key-id AKIA…";
    const said = (error: string) => strayKeyMessage("jenkins-aws-team-a", [error]);

    it("may be there where the answer was lost", () => {
        for (const error of [
            "rpc error: code = Unavailable desc = error reading from server: EOF",
            "rpc error: code = Canceled desc = context canceled",
            'Post "https://iam.amazonaws.com/": read: connection reset by peer',
        ]) {
            expect(said(error)).toMatch(/^the user "jenkins-aws-team-a" may have an access key now .* answer was lost/);
            expect(said(error)).toContain(command);
        }
    });

    it("is in the way of the next one where the user has two", () => {
        const error = "LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2";
        expect(said(error)).toMatch(/has two access keys already, and AWS takes no third/);
        expect(said(error)).toContain(command);
    });

    it("is not spoken of where AWS has refused", () => {
        expect(said("AccessDenied: not authorized to perform: iam:CreateAccessKey")).toBeUndefined();
    });
});

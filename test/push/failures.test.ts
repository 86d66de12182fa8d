import { describe, expect, it } from "vitest";
import { failureOf } from "../../jenkins/push/failures";
import { access } from "./fixtures";

function connectionError(code: string, message = code): Error {
    return Object.assign(new Error(message), { code });
}

const controller = access("https://jenkins.example.com/team-a/");

describe("what a failed connection means", () => {
    it.each([
        ["ECONNREFUSED", "refused"],
        ["EAI_AGAIN", "unsent"],
        ["CONNECT_TIMEOUT", "unsent"],
    ])("%s: nothing was sent, so that anything may be tried again", (code, kind) => {
        const failure = failureOf(connectionError(code), controller);
        expect(failure.kind).toBe(kind);
        expect(failure.text).toContain("https://jenkins.example.com/team-a/ cannot be reached");
    });

    it("ETIMEDOUT: depends on whether it was while connecting", () => {
        const connecting = Object.assign(connectionError("ETIMEDOUT"), { syscall: "connect" });
        expect(failureOf(connecting, controller).kind).toBe("unsent");
        expect(failureOf(connectionError("ETIMEDOUT"), controller).kind).toBe("lost");
    });

    it.each(["ECONNRESET", "EPIPE"])("%s: the request may have been processed", (code) => {
        expect(failureOf(connectionError(code), controller).kind).toBe("lost");
    });

    it("finds the code of a connection that was tried on several addresses", () => {
        const both = new AggregateError([connectionError("ECONNREFUSED"), connectionError("ECONNREFUSED")]);
        expect(failureOf(both, controller).kind).toBe("refused");
    });

    it.each([
        ["ENOTFOUND", /host name "jenkins.example.com" .* is not known to DNS: correct url/],
        ["SELF_SIGNED_CERT_IN_CHAIN", /not trusted here .*: set controllers.team-a.certificateAuthority/],
        ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", /not trusted here .*: set controllers.team-a.certificateAuthority/],
        ["CERT_HAS_EXPIRED", /has expired: renew it/],
        ["ERR_TLS_CERT_ALTNAME_INVALID", /for another host name/],
        ["ANSWER_TIMEOUT", /did not answer within 30 s.*raise controllers.team-a.timeouts.answerSeconds/],
        ["ERR_SSL_WRONG_VERSION_NUMBER", /TLS with .* failed .*is the scheme right/],
    ])("%s is final and says the fix", (code, problem) => {
        const failure = failureOf(connectionError(code), controller);
        expect(failure.kind).toBe("final");
        expect(failure.text).toMatch(problem);
    });

    it("says which limit ended the whole push", () => {
        const error = new DOMException("The operation was aborted due to timeout", "TimeoutError");
        expect(failureOf(error, controller).text).toBe(
            "not done within 120 s: raise controllers.team-a.timeouts.totalSeconds",
        );
    });
});

import { describe, expect, it } from "vitest";
import { exportCommand } from "../../../cli/export";

const environment = { JENKINS_USER: "admin", JENKINS_TOKEN: "pl4nted-token" };

describe("JENKINS_URL of an export", () => {
    it.each([
        "https://admin:pl4nted@jenkins.example.com/",
        "ftp://admin:pl4nted@jenkins.example.com",
        "https://admin:pl4n/ted@x",
    ])("with a password is refused, and the password is not said: %s", async (JENKINS_URL) => {
        const failure = exportCommand([], { ...environment, JENKINS_URL });
        await expect(failure).rejects.toThrow(/JENKINS_URL/);
        await expect(failure).rejects.not.toThrow(/pl4n/);
    });
});

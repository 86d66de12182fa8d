import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { vi } from "vitest";

/** By the action of AWS's query protocol: the inside of the answer, or undefined for a refusal. It gets the access key's id, too. */
export type AwsAnswers = Record<string, (parameters: URLSearchParams, accessKey: string) => string | undefined>;

/**
 * Runs something while clients of the AWS SDK reach a server with these answers, and none other. An action without an answer is refused.
 */
export async function withAws<T>(answers: AwsAnswers, run: () => Promise<T>): Promise<T> {
    const server = createServer((request, response) => {
        void text(request).then((body) => {
            const parameters = new URLSearchParams(body);
            const action = parameters.get("Action") ?? "";
            const [, accessKey = ""] = /Credential=(\w+)/.exec(request.headers.authorization ?? "") ?? [];
            const answer = answers[action]?.(parameters, accessKey);
            const error = "<Error><Code>AccessDenied</Code><Message>not authorized to perform</Message></Error>";
            if (answer === undefined) response.writeHead(403).end(`<ErrorResponse>${error}</ErrorResponse>`);
            else response.end(`<${action}Response>${answer}</${action}Response>`);
        });
    }).listen(0, "127.0.0.1");
    await new Promise((listening) => server.once("listening", listening));
    vi.stubEnv("AWS_ENDPOINT_URL", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIADEPLOYER");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "deployer");
    try {
        return await run();
    } finally {
        vi.unstubAllEnvs();
        await new Promise((closed) => server.close(closed));
    }
}

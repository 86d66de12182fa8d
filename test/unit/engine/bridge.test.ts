import { tmpdir } from "node:os";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, startPlugin, type Plugin } from "./plugin";

// A bridged provider: the TLS one, which starts faster than AWS's and goes the same way.

let plugin: Plugin | undefined;
beforeAll(async () => {
    plugin = await startPlugin("tls", tmpdir());
});
afterAll(() => plugin?.stop());

async function check(inputs: Record<string, JavaScriptValue>) {
    const request = new provider.CheckRequest();
    request.setUrn("urn:pulumi:dev::project::tls:index/privateKey:PrivateKey::key");
    request.setNews(Struct.fromJavaScript(inputs));
    const response = await call<provider.CheckResponse>((done) => plugin!.client.check(request, done));
    return response.getFailuresList().map((failure) => `${failure.getProperty()}: ${failure.getReason()}`);
}

test("an input that the Terraform provider has is taken", async () => {
    expect(await check({ algorithm: "RSA", rsaBits: 2048 })).toEqual([]);
});

test("an input that it lacks is refused, where the bridge by itself would drop it", async () => {
    expect(await check({ algorithm: "RSA", rsaBytes: 256 })).toEqual([
        "rsaBytes: tls:index/privateKey:PrivateKey has no rsaBytes in the playground's older provider, which would ignore it",
    ]);
});

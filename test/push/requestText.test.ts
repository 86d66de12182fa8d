import { describe, expect, test } from "vitest";
import { readRequest, requestText } from "../../jenkins/push/requestText";
import { access, pushRequest } from "./fixtures";

const request = pushRequest(access("http://127.0.0.1:1/"));
const withUserData = (text: string) => {
    const [template] = request.cloud.templates;
    const parameters = { ...template!.parameters, userData: text };
    return { ...request, cloud: { ...request.cloud, templates: [{ ...template!, parameters }] } };
};

describe("a request on standard input", () => {
    test("is JSON, as states of earlier versions have it", () => {
        expect(requestText(request)).toBe(JSON.stringify(request));
        expect(readRequest(requestText(request))).toEqual(JSON.parse(JSON.stringify(request)));
    });

    test("is packed where it is large, and the same text each time", () => {
        const large = withUserData("#!/bin/sh\necho ü\n".repeat(20_000));
        const text = requestText(large);
        expect(text.length).toBeLessThan(JSON.stringify(large).length / 10);
        expect(text).toMatch(/^[\w-]+$/);
        expect(requestText(large)).toBe(text);
        expect(readRequest(text)).toEqual(JSON.parse(JSON.stringify(large)));
    });

    test("that is none is refused", () => {
        for (const none of ["", "{", "no request", "null "]) expect(() => readRequest(none)).toThrow();
    });
});

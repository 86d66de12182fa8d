import type { PushRequest } from "./request";
import { decode, encode } from "./script";

/**
 * Characters from which on a request is packed. Pulumi's state has each request twice, and its engine holds that many times over:
 * of 1,000 templates for each of 100 controllers, as JSON, it wanted 18 GB. A smaller one stays as earlier versions wrote it:
 * another text would be a push that finds nothing to do.
 */
const LARGE = 100_000;

/** A request as the command gets it on standard input: JSON, or that as gzip in base64. */
export function requestText(request: PushRequest): string {
    const json = JSON.stringify(request);
    return json.length < LARGE ? json : encode(request);
}

/** The reverse of {@link requestText}. Throws where the text is not one. */
export function readRequest(text: string): PushRequest {
    return (text.trimStart().startsWith("{") ? JSON.parse(text) : decode(text)) as PushRequest;
}

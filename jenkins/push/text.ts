import type { Readable } from "node:stream";

/** What was to be read is larger than it could be. */
export class TooLarge extends Error {}

/**
 * All that a stream holds, as UTF-8. What Node has for it takes longer to load than most texts to read.
 *
 * @param largest bytes; beyond them the stream is ended with {@link TooLarge}, as it may have no end
 */
export function textOf(stream: Readable, largest = Infinity): Promise<string> {
    const parts: Buffer[] = [];
    let size = 0;
    return new Promise((resolve, reject) => {
        stream.on("data", (part: Buffer) => {
            size += part.length;
            parts.push(part);
            if (size > largest) {
                parts.length = 0;
                stream.destroy(new TooLarge());
            }
        });
        stream.on("end", () =>
            resolve(
                Buffer.concat(parts)
                    .toString()
                    .replace(/^\ufeff/, ""),
            ),
        );
        stream.on("error", reject);
    });
}

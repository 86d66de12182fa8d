/** What the engine reports of a state file that it has begun to write: `failed to load checkpoint: EOF`, `unexpected end of JSON input`. */
const HALF_WRITTEN = /failed to load checkpoint|unexpected end of JSON input/;
const ATTEMPTS = 5;

/**
 * Reads a stack's state, again if the engine was writing it at that moment: a back end in files writes in place (seen with Pulumi 3.259).
 *
 * @param pause milliseconds before the second attempt; each further pause is longer by as much
 * @throws what the last attempt threw, or any other error at once
 */
export async function readState<T>(read: () => Promise<T>, pause = 200): Promise<T> {
    for (let attempt = 1; ; attempt++) {
        try {
            return await read();
        } catch (error) {
            if (attempt === ATTEMPTS || !HALF_WRITTEN.test(String(error))) throw error;
            await new Promise((resolve) => setTimeout(resolve, attempt * pause));
        }
    }
}

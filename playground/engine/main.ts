// `node --import tsx playground/engine/main.ts`: obtains the engine and says which it is. Useful on its own, for example to warm
// the cache of a CI machine.
import { Progress } from "../progress";
import { obtainEngine } from "./obtain";

async function main(): Promise<void> {
    const engine = await new Progress().step("engine", obtainEngine);
    console.log(`${engine.kind}: ${engine.reason}`);
    console.log(`provider: ${engine.provider}`);
    console.log(`command: ${engine.command}`);
}

main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});

// Makes the pictures of docs/status.md anew, of the tests' own fleet: `npx tsx test/docs/screenshots.ts`.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { statusPage } from "../../cli/status/page";
import { statusOf } from "../../cli/status/compile";
import { obtainBrowser, picture } from "../../playground/browser";
import { sampleFleet } from "../unit/cli/status/sample";

const pictures = { wide: [1280, 1240], phone: [390, 1180] } as const;

async function makePictures(): Promise<void> {
    const browser = await obtainBrowser((line) => process.stderr.write(`${line}\n`));
    const folder = mkdtempSync(join(tmpdir(), "status-"));
    try {
        const page = join(folder, "status.html");
        writeFileSync(page, statusPage(statusOf(sampleFleet())));
        for (const [name, [width, height]] of Object.entries(pictures)) {
            await picture(browser, page, join(__dirname, `../../docs/status-${name}.png`), [width, height]);
        }
    } finally {
        rmSync(folder, { recursive: true });
    }
}

void makePictures();

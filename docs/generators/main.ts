import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generatedFiles } from "./files";

// `npx tsx docs/generators/main.ts` writes every file anew that is made from declarations.
for (const [path, text] of Object.entries(generatedFiles())) {
    writeFileSync(join(__dirname, "..", "..", path), text);
    console.log(`wrote ${path}`);
}

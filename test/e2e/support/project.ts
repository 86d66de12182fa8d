import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder, type World } from "../../../playground/world";

/** Made anew by what is run in it, or by the engine. */
const left = [".git", ".playground", "examples"];

/**
 * Makes the world's folder a clone of the project, in which a person works: everything is linked, but for the examples, which are
 * copied with the addresses of the world's controllers in place of theirs. Stacks' files are its own.
 */
export function cloneProject({ directory, controllers }: World): void {
    for (const name of readdirSync(projectFolder)) {
        if (left.includes(name) || /^Pulumi\..+\.yaml$/.test(name)) continue;
        symlinkSync(join(projectFolder, name), join(directory, name));
    }
    mkdirSync(join(directory, "examples"));
    cpSync(join(projectFolder, "examples"), join(directory, "examples"), { recursive: true });
    for (const file of readdirSync(join(directory, "examples"), { recursive: true, encoding: "utf8" })) {
        if (!file.endsWith(".yaml")) continue;
        const path = join(directory, "examples", file);
        writeFileSync(path, addressed(readFileSync(path, "utf8"), controllers));
    }
}

/** An example's text: controllers are at an address of their own, or all that there is. */
function addressed(text: string, controllers: World["controllers"]): string {
    const [first] = controllers;
    const own = controllers.reduce(
        (all, { id, url }) => all.replaceAll(`https://jenkins.example.com/${id}/`, url),
        text,
    );
    return own
        .replaceAll("https://jenkins.example.com/", first!.url)
        .replaceAll("user: provisioner", `user: ${first!.user}`);
}

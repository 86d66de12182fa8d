import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Users and port of a home, kept over starts as Jenkins keeps its users. */
export interface Access {
    password: string;
    token: string;
    viewerToken: string;
    port: number;
}

const accessFile = (home: string) => join(home, "playground-access.json");

export function accessTo(home: string): Access {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    if (existsSync(accessFile(home))) return JSON.parse(readFileSync(accessFile(home), "utf8")) as Access;
    const secret = () => randomBytes(17).toString("hex");
    return { password: secret(), token: `11${secret().slice(2)}`, viewerToken: `11${secret().slice(2)}`, port: 0 };
}

export function writeAccess(home: string, access: Access): void {
    writeFileSync(accessFile(home), JSON.stringify(access), { mode: 0o600 });
}

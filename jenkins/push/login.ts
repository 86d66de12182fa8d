import type { Answer } from "./http";
import type { ControllerAccess } from "./request";

/** Who a request is from: the user with token or password, and the session that Jenkins has opened for it. */
export class Login {
    private readonly cookies = new Map<string, string>();

    constructor(private readonly access: Pick<ControllerAccess, "user" | "token" | "password">) {}

    headers(): Record<string, string> {
        const { user, token, password } = this.access;
        const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
        return {
            authorization: `Basic ${Buffer.from(`${user}:${token ?? password ?? ""}`).toString("base64")}`,
            ...(cookie === "" ? {} : { cookie }),
        };
    }

    /** Keeps the cookies of an answer: a crumb is valid only in the session that it came with. */
    keepSession({ headers }: Answer): void {
        for (const cookie of [headers["set-cookie"] ?? []].flat()) {
            const [, name, value] = /^([^=;]+)=([^;]*)/.exec(cookie) ?? [];
            if (name !== undefined) this.cookies.set(name, value!);
        }
    }
}

import { RawSettings, readSettings, SettingsContext, UserError, Problem, StackSettings } from "../../../settings";

/** A small stack that resolves. Each call makes a new one, so that tests can change theirs. */
export function smallStack(): any {
    return {
        controllers: {
            "team-a": { url: "https://jenkins.example.com/team-a", user: "provisioner", addresses: ["10.20.0.5/32"] },
        },
        clouds: {
            agents: {
                controllers: ["team-a"],
                cap: 40,
                templates: {
                    linux: { image: { id: "ami-0123456789abcdef0" }, instanceType: "m7i.large", labels: ["linux"] },
                },
            },
        },
        secrets: { tokens: { "team-a": "token-of-team-a" } },
    };
}

/** What the settings are read against: a region, some files, `secrets` encrypted. */
export function context(files: Record<string, string> = {}, changes: Partial<SettingsContext> = {}): SettingsContext {
    return {
        project: "jenkins-ec2-agents",
        stack: "test",
        region: "eu-central-1",
        readFile: (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
        listFolder: (path) => {
            const inside = Object.keys(files).filter((file) => file.startsWith(`${path}/`));
            return inside.length === 0 ? undefined : inside.map((file) => file.slice(path.length + 1));
        },
        secretKeys: new Set(["secrets"]),
        ...changes,
    };
}

/** The small stack with a change, resolved. */
export function resolved(
    change: (raw: any) => void = () => undefined,
    files: Record<string, string> = {},
): StackSettings {
    return readSettings(changed(change), context(files)).settings;
}

/** The first template's settings after a change of it. */
export function template(change: Record<string, unknown>, files: Record<string, string> = {}) {
    return resolved((raw) => Object.assign(raw.clouds.agents.templates.linux, change), files).clouds["agents"]!
        .templates["linux"]!;
}

/** What is wrong with the small stack after a change. */
export function problems(
    change: (raw: any) => void,
    files: Record<string, string> = {},
    changes: Partial<SettingsContext> = {},
): Problem[] {
    try {
        readSettings(changed(change), context(files, changes));
    } catch (error) {
        if (error instanceof UserError) return [...error.problems];
        throw error;
    }
    return [];
}

/** What is wrong with the first template after a change of it. */
export function templateProblems(change: Record<string, unknown>, files: Record<string, string> = {}): Problem[] {
    return problems((raw) => Object.assign(raw.clouds.agents.templates.linux, change), files);
}

/** The warnings after a change. */
export function warnings(change: (raw: any) => void): Problem[] {
    return readSettings(
        changed((raw) => {
            // The default is a warning with access.policy: broad, the default too.
            raw.clouds.agents.templates.linux.hostKeyVerification = "ACCEPT_NEW";
            change(raw);
        }),
        context(),
    ).warnings;
}

function changed(change: (raw: any) => void): RawSettings {
    const raw = smallStack();
    change(raw);
    return raw as RawSettings;
}

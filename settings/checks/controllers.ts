import { compareVersions } from "../plugin/versions";
import { Findings } from "../read/findings";
import { Path, secretCommand } from "../path";
import { ControllerSettings } from "../schema/controller";
import { StackSettings } from "../schema/stack";

/** Each controller can be reached, safely, with what the stack has, and is there for something. */
export function checkControllers(settings: StackSettings, findings: Findings): void {
    const seen = new Map<string, string>();
    for (const controller of Object.values(settings.controllers)) {
        // In place of missing controllers the settings have the declaration's example.
        if (findings.valueAt(["controllers", controller.id]) === undefined) continue;
        const path = ["controllers", controller.id];
        checkUrl(controller.url, [...path, "url"], findings);
        const other = seen.get(controller.url);
        if (other !== undefined)
            findings.problem(
                "named-twice",
                [...path, "url"],
                `is the URL of controllers.${other} too: list each controller once`,
            );
        seen.set(controller.url, controller.id);
        checkPlugin(controller, path, findings);
        checkLogin(controller, settings, path, findings);
        checkUse(controller, settings, path, findings);
    }
}

/** First parts of the paths of Jenkins' own pages, which people copy from the browser. */
const pages = [
    ...["api", "asynchPeople", "blue", "builds", "cloud", "computer", "configure", "configureSecurity", "credentials"],
    ...["job", "log", "login", "logout", "manage", "me", "newJob", "pluginManager", "queue", "script", "scriptText"],
    ...["securityRealm", "systemInfo", "updateCenter", "user", "view", "whoAmI"],
];

function checkUrl(written: string, path: Path, findings: Findings): void {
    const url = new URL(written);
    const parts = url.pathname.split("/");
    const page = parts.findIndex((part) => pages.includes(part));
    if (page > 0) {
        const base = `${url.origin}${parts.slice(0, page).join("/")}/`;
        findings.problem("wrong-form", path, `is a page of Jenkins: set the base URL, ${base}`);
    }
    if (url.search !== "" || url.hash !== "")
        findings.problem("wrong-form", path, "must be a base URL, without ? and #");
    if (hasLogin(url)) findings.problem("wrong-form", path, mustBeWithoutLogin);
    if (isReadableOnTheWay(url)) findings.problem("insecure-url", path, mustBeHttps);
}

/** The URL is in every message about the controller. */
const mustBeWithoutLogin = "must not contain user or password: they have their own settings";

/** Whether a URL holds a user or a password. */
export function hasLogin({ username, password }: URL): boolean {
    return username !== "" || password !== "";
}

export const mustBeHttps =
    "must be https, because others can read token and AWS key over http; http is for this machine only";

/** Whether what is sent to a URL can be read by others. */
export function isReadableOnTheWay({ protocol, hostname }: URL): boolean {
    return protocol === "http:" && !isLoopback(hostname);
}

function checkPlugin({ plugin }: ControllerSettings, path: Path, findings: Findings): void {
    if (compareVersions(plugin.minimum, plugin.version) <= 0) return;
    findings.problem(
        "conflicting-settings",
        [...path, "plugin", "minimum"],
        `is newer than plugin.version, ${plugin.version}: raise that, or lower this`,
    );
}

/** Whether a host is this machine itself. */
export function isLoopback(host: string): boolean {
    return host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

function checkLogin(controller: ControllerSettings, { secrets }: StackSettings, path: Path, findings: Findings): void {
    const { id } = controller;
    const token = secrets.tokens[id] !== undefined;
    const password = secrets.passwords[id] !== undefined;
    if (!token && !password) {
        const tokenPath = ["secrets", "tokens", id];
        findings.problem(
            "missing-secret",
            tokenPath,
            `is needed: the API token of ${controller.user}`,
            secretCommand(tokenPath),
        );
    }
    if (token && password) {
        findings.problem(
            "no-effect",
            ["secrets", "passwords", id],
            "has no effect, because a token is set too",
            `pulumi config rm --path 'secrets.passwords.${id}'`,
        );
    }
    const key = secrets.clientKeys[id] !== undefined;
    const certificate = findings.valueAt([...path, "clientCertificate"]) !== undefined;
    if (certificate && !key) {
        findings.problem(
            "missing-secret",
            [...path, "clientCertificate"],
            "has no key",
            secretCommand(["secrets", "clientKeys", id]),
        );
    }
    if (key && !certificate) {
        findings.problem(
            "missing-setting",
            ["secrets", "clientKeys", id],
            "has no certificate",
            "clientCertificate: client.pem",
        );
    }
}

function checkUse({ id }: ControllerSettings, { clouds }: StackSettings, path: Path, findings: Findings): void {
    if (!Object.values(clouds).some((cloud) => cloud.controllers.includes(id)) && !findings.isUncertain("clouds")) {
        findings.warn("unused-controller", path, "no cloud names this controller");
    }
}

import type { CloudSettings, IdentitySettings, StackSettings } from "../settings";
import { Access } from "./access";
import type { Identity } from "./identity";
import { seedPolicy } from "./seedPolicy";

/** The IAM side of a whole stack, as its settings say. */
export function stackAccess(settings: StackSettings): Access {
    const { name, access, controllers, tags } = settings;
    return new Access("agents", {
        name,
        nameSetting: `${settings.project}:name`,
        policy: seedPolicy(),
        controllers: Object.fromEntries(Object.keys(controllers).map((id) => [id, { serial: access.accessKeySerial }])),
        identity: identity(settings),
        path: access.path,
        permissionsBoundary: access.permissionsBoundary,
        tags,
    });
}

/** Whether a cloud's controllers store an access key, or use what their own instance has. */
export function usesAccessKey({ identity: { mode, base } }: Pick<CloudSettings, "identity">): boolean {
    return (mode === "role" ? base : mode) === "access-key";
}

function identity(settings: StackSettings): Identity {
    const all = Object.values(settings.clouds).map((cloud) => cloud.identity);
    const { controllerRole } = settings.access;
    if (all.some(makesRole)) return { mode: "role" };
    if (all.some((one) => usesAccessKey({ identity: one }))) return { mode: "accessKey" };
    return { mode: "instanceProfile", roles: controllerRole === undefined ? undefined : [controllerRole] };
}

const makesRole = ({ mode, roleArn }: IdentitySettings) => mode === "role" && roleArn === undefined;

import type { StackSettings } from "../settings";
import { Access } from "./access";
import { seedPolicy } from "./seedPolicy";

/** The IAM side of a whole stack, as its settings say. */
export function stackAccess(settings: StackSettings): Access {
    const { name, access, controllers, clouds, tags } = settings;
    const identities = (controller: string) =>
        Object.values(clouds)
            .filter((cloud) => cloud.controllers.includes(controller))
            .map(({ identity }) => identity);
    return new Access("agents", {
        name,
        nameSetting: `${settings.project}:name`,
        policy: seedPolicy(),
        controllers: Object.fromEntries(
            Object.keys(controllers).map((id) => [id, { identities: identities(id), serial: access.accessKeySerial }]),
        ),
        controllerRole: access.controllerRole,
        path: access.path,
        permissionsBoundary: access.permissionsBoundary,
        tags,
    });
}

import type { ControllerSettings, StackSettings } from "../settings";
import { slashed } from "../settings/schema/controller";
import type { ControllerAccess } from "./push/request";

/** How the settings set that a controller is reached. Without Pulumi: commands use it before they have read a stack's configuration. */
export function controllerAccess({ secrets }: StackSettings, controller: ControllerSettings): ControllerAccess {
    const { id, url, user, certificateAuthority, clientCertificate, proxy, timeouts } = controller;
    return {
        id,
        url: slashed(url),
        user,
        token: secrets.tokens[id],
        password: secrets.tokens[id] === undefined ? secrets.passwords[id] : undefined,
        certificateAuthority,
        clientCertificate,
        clientKey: secrets.clientKeys[id],
        proxy,
        timeouts,
    };
}

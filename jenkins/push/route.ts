import { direct } from "./direct";
import { proxied } from "./proxied";
import { environmentProxies } from "./proxies";
import type { ControllerAccess } from "./request";
import type { Transport } from "./transport";

/** Through the proxy of the controller's settings, else as the environment says, else straight. */
export function transport(access: ControllerAccess): Transport {
    return access.proxy !== undefined || environmentProxies().length > 0 ? proxied(access) : direct(access);
}

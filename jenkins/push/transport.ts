import { rootCertificates } from "node:tls";
import { Agent, Dispatcher, EnvHttpProxyAgent, ProxyAgent } from "./undici";
import { PushError } from "./errors";
import { environmentProxies } from "./proxies";
import { ControllerAccess } from "./request";

/**
 * Connections to one controller: through the proxy of its settings, else as HTTPS_PROXY, HTTP_PROXY and NO_PROXY say;
 * with its own certificate authority beside the well-known ones, and its client certificate.
 */
export function transport(access: ControllerAccess): Dispatcher {
    const connectTimeout = access.timeouts.connectSeconds * 1000;
    const tls = {
        ca: access.certificateAuthority === undefined ? undefined : [...rootCertificates, access.certificateAuthority],
        cert: access.clientCertificate,
        key: access.clientKey,
    };
    const options = {
        connect: { ...tls, timeout: connectTimeout },
        headersTimeout: access.timeouts.answerSeconds * 1000,
        bodyTimeout: access.timeouts.answerSeconds * 1000,
    };
    const requestTls = { ...tls, timeout: connectTimeout };
    const { proxy } = access;
    if (proxy !== undefined) {
        return usable(
            access.id,
            `controllers.${access.id}.proxy`,
            () => new ProxyAgent({ ...options, uri: proxy, requestTls }),
        );
    }
    const names = environmentProxies().map(([variable]) => variable);
    return names.length > 0
        ? usable(access.id, names.join(" or "), () => new EnvHttpProxyAgent({ ...options, requestTls }))
        : new Agent(options);
}

/** What is wrong with an address is said without it, as it may hold a password; an error of Node's has it among its properties. */
function usable(controller: string, setting: string, make: () => Dispatcher): Dispatcher {
    try {
        return make();
    } catch {
        throw new PushError(controller, [
            `${setting} is no usable address of a proxy: write http://USER:PASSWORD@HOST:PORT, in the password a % in it as %25, a space as %20, / as %2F and @ as %40`,
        ]);
    }
}

import { createRequire } from "node:module";
import type { Dispatcher } from "undici";
import { tlsOf } from "./certificates";
import { PushError } from "./errors";
import { environmentProxies } from "./proxies";
import type { ControllerAccess } from "./request";
import { textOf } from "./text";
import type { Transport } from "./transport";

/** Connections through the proxy of the settings, else as HTTPS_PROXY, HTTP_PROXY and NO_PROXY say. */
export function proxied(access: ControllerAccess): Transport {
    // No part of the bundle: it takes long to load, and most pushes need no proxy.
    const { EnvHttpProxyAgent, ProxyAgent } = createRequire(__filename)("undici") as typeof import("undici");
    const connect = { ...tlsOf(access), timeout: access.timeouts.connectSeconds * 1000 };
    const options = {
        connect,
        requestTls: connect,
        headersTimeout: access.timeouts.answerSeconds * 1000,
        bodyTimeout: access.timeouts.answerSeconds * 1000,
    };
    const { proxy } = access;
    if (proxy !== undefined) {
        return by(
            usable(access.id, `controllers.${access.id}.proxy`, () => new ProxyAgent({ ...options, uri: proxy })),
        );
    }
    const names = environmentProxies().map(([variable]) => variable);
    return by(usable(access.id, names.join(" or "), () => new EnvHttpProxyAgent(options)));
}

function by(dispatcher: Dispatcher): Transport {
    return {
        send: async ({ url, largest, ...sent }) => {
            const { statusCode, headers, body } = await dispatcher.request({
                origin: url.origin,
                path: `${url.pathname}${url.search}`,
                ...sent,
            });
            return { status: statusCode, headers, text: await textOf(body, largest) };
        },
        close: () => void dispatcher.destroy(),
    };
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

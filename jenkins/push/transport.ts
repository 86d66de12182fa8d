import { rootCertificates } from "node:tls";
import { Agent, Dispatcher, EnvHttpProxyAgent, ProxyAgent } from "./undici";
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
    if (access.proxy !== undefined) {
        return new ProxyAgent({ ...options, uri: access.proxy, requestTls: { ...tls, timeout: connectTimeout } });
    }
    const proxied = ["HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"].some((name) => process.env[name]);
    return proxied
        ? new EnvHttpProxyAgent({ ...options, requestTls: { ...tls, timeout: connectTimeout } })
        : new Agent(options);
}

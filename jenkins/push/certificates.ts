import { rootCertificates } from "node:tls";
import type { ControllerAccess } from "./request";

/** Whom to trust on the way to a controller, and who we are: its own authority beside the well-known ones, and its client certificate. */
export function tlsOf({ certificateAuthority, clientCertificate, clientKey }: ControllerAccess) {
    return {
        ca: certificateAuthority === undefined ? undefined : [...rootCertificates, certificateAuthority],
        cert: clientCertificate,
        key: clientKey,
    };
}

import type { ControllerAccess, CredentialPayload, PushRequest } from "../../jenkins/push/request";
import { PRIVATE_KEY, pushRequest, template } from "../push/fixtures";
import type { Secrets } from "./search";

/** Recognisable, of the kind that each place takes, and with what transport escapes where it may. */
export const planted = {
    token: `11${"c0ffee42".repeat(4)}`,
    "access key": "Pl4nt3d/Acc3ssKey+0123456789/abcdefghij+",
    "private key": PRIVATE_KEY,
    "Windows password": `Pl4nted "Windows" <pass> & 'word'/+=?`,
    "client key": "-----BEGIN PRIVATE KEY-----\nUGw0bnRlZENsaWVudEtleVRoYXRJc05vbmUx\n-----END PRIVATE KEY-----\n",
    "user data": "#!/bin/sh\nexport VAULT='pl4nted-user-data/9+8'\n",
    "environment variable by its name": "pl4nted-env/by+name==",
    "environment variable by its mark": "pl4nted-env/by+mark==",
} satisfies Secrets;

/** What of the secrets must not be found: of the user data, the line that holds one. */
export const secrets: Secrets = { ...planted, "user data": "export VAULT='pl4nted-user-data/9+8'" };

/** A request with a secret in every place where one may be. The proxy is the caller's, as requests go through it. */
export function requestWithSecrets(controller: ControllerAccess): PushRequest {
    return withSecrets(pushRequest({ ...controller, token: planted.token, clientKey: planted["client key"] }));
}

/** The same with those of its cloud only: the controller's login stays. */
export function withSecrets(request: PushRequest): PushRequest {
    const [aws, ssh] = request.cloud.credentials;
    const [linux] = request.cloud.templates;
    const variables = [
        { key: "NPM_TOKEN", value: planted["environment variable by its name"] },
        { key: "PLAIN", value: planted["environment variable by its mark"] },
    ];
    const parameters = {
        ...linux!.parameters,
        userData: planted["user data"],
        nodeProperties: [{ $class: "EnvironmentVariablesNodeProperty", env: variables }],
    };
    const windows = template("windows");
    const login = { $class: "WindowsData", password: planted["Windows password"], specifyPassword: "true" };
    return {
        ...request,
        cloud: {
            ...request.cloud,
            credentials: [
                {
                    ...aws,
                    kind: "aws",
                    accessKey: "AKIAPLANTED",
                    secretKey: planted["access key"],
                } as CredentialPayload,
                ssh!,
            ],
            templates: [
                { ...linux!, parameters, secret: ["userData", "nodeProperties"] },
                { ...windows, parameters: { ...windows.parameters, amiType: login } },
            ],
        },
    };
}

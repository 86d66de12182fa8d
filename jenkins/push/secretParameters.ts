import type { CloudPayload, PushRequest, SecretNames } from "./request";

/** Which parameters of a cloud and its templates hold a secret; undefined where none does. */
export function secretNamesOf(cloud: CloudPayload): SecretNames | undefined {
    const all: [string, string[]][] = [
        ["", cloud.secret],
        ...cloud.templates.map(({ parameters, secret }): [string, string[]] => [
            String(parameters.description),
            secret,
        ]),
    ];
    const some = all.filter(([, names]) => names.length > 0);
    return some.length === 0 ? undefined : Object.fromEntries(some);
}

/**
 * The request of a comparison in which those parameters are secret too: Jenkins still has what the last push gave it, and the settings
 * may no longer say that it is a secret.
 */
export function alsoSecret(request: PushRequest, former: SecretNames = {}): PushRequest {
    const { cloud } = request;
    const both = (secret: string[], name: string) => [...new Set([...secret, ...(former[name] ?? [])])];
    const templates = cloud.templates.map((template) => ({
        ...template,
        secret: both(template.secret, String(template.parameters.description)),
    }));
    return { ...request, cloud: { ...cloud, secret: both(cloud.secret, ""), templates } };
}

import type { EC2Client, EC2ClientConfig } from "@aws-sdk/client-ec2";
import type { IAMClient } from "@aws-sdk/client-iam";
import type * as pulumi from "@pulumi/pulumi";

/*
 * Clients of the AWS SDK, for what is asked beside Pulumi. The SDK is loaded at the first call only: it is larger than all else.
 */

/** How a client logs in; what is absent is as the environment and AWS's own files have it. */
export type AwsLogin = Pick<EC2ClientConfig, "region" | "profile" | "credentials">;

/** An answer that takes longer does not count. Milliseconds. */
const common = {
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000 },
};

/** A client of EC2 in a region. */
export async function ec2Client(login: AwsLogin): Promise<EC2Client> {
    const { EC2Client } = await withoutNotice(() => import("@aws-sdk/client-ec2"));
    return new EC2Client({ ...common, ...login });
}

export async function iamClient(login: AwsLogin): Promise<IAMClient> {
    const { IAMClient } = await withoutNotice(() => import("@aws-sdk/client-iam"));
    return new IAMClient({ ...common, ...login });
}

/** That the SDK's next year wants a newer Node is nothing that the person who runs this can act on. */
function withoutNotice<T>(load: () => Promise<T>): Promise<T> {
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
    return load();
}

/**
 * How the default AWS provider logs in: by the stack's configuration `aws:`, else by the environment.
 *
 * @throws where the configuration has what the SDK's clients are not given
 */
export function configuredLogin(configuration: Readonly<Record<string, string | undefined>>): AwsLogin {
    const configured = (key: string) => configuration[`aws:${key}`];
    const unfit = ["assumeRoles", "assumeRole", "assumeRoleWithWebIdentity"].find(
        (key) => configured(key) !== undefined,
    );
    if (unfit !== undefined) {
        throw new Error(
            `the stack's aws:${unfit} is not followed here: a profile that assumes the role, named by aws:profile, is`,
        );
    }
    const [region, profile, accessKeyId, secretAccessKey] = ["region", "profile", "accessKey", "secretKey"].map(
        configured,
    );
    const keyed = accessKeyId !== undefined && secretAccessKey !== undefined;
    return {
        ...(region === undefined ? {} : { region }),
        ...(profile === undefined ? {} : { profile }),
        ...(keyed ? { credentials: { accessKeyId, secretAccessKey, sessionToken: configured("token") } } : {}),
    };
}

/** Regions of the providers that log in as the default one. */
export const regionOfProvider = new WeakMap<pulumi.ProviderResource, string>();

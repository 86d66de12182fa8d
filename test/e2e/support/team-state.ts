import { CreateAliasCommand, CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
    CreateBucketCommand,
    GetObjectCommand,
    ListObjectsV2Command,
    PutBucketVersioningCommand,
    S3Client,
} from "@aws-sdk/client-s3";
import type { World } from "../../../playground/world";

/** Names as iam/deployer/state-*.json has them. */
const bucket = "jenkins-agents-state";
const alias = "alias/jenkins-agents-state";

/** What a team keeps its stacks' state in: a bucket with versions, and a key for the secrets. */
export interface TeamState {
    /** For `pulumi login`. */
    backend: string;
    /** For `--secrets-provider`. */
    secretsProvider: string;
    s3: S3Client;
    bucket: string;
    /** The names of the objects that begin with this. */
    list(prefix: string): Promise<string[]>;
    read(key: string): Promise<string>;
}

export async function makeTeamState({ emulator, region }: World): Promise<TeamState> {
    const client = { endpoint: emulator.endpoint, region, credentials: emulator.administrator };
    const s3 = new S3Client({ ...client, forcePathStyle: true });
    await s3.send(
        new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: "eu-central-1" } }),
    );
    await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: "Enabled" } }));
    const kms = new KMSClient(client);
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    await kms.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: KeyMetadata!.KeyId }));
    return {
        // The emulator's buckets have no host names of their own. Its address comes with AWS_ENDPOINT_URL.
        backend: `s3://${bucket}?region=${region}&use_path_style=true`,
        secretsProvider: `awskms://${alias}?region=${region}`,
        s3,
        bucket,
        list: async (prefix) => {
            const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
            return Contents.map(({ Key }) => Key!);
        },
        read: async (Key) => {
            const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
            return Body!.transformToString();
        },
    };
}

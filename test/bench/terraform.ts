import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { broadPolicy } from "../../iam/broadPolicy";
import { obtainAwsProvider } from "../../playground/engine/terraform-provider";
import type { PushRequest } from "../../jenkins/push/request";
import { projectFolder } from "../../playground/world";
import { run } from "./measure";

/**
 * What the playground's stack has, said in Terraform: the resources in AWS, with the provider that the playground bridges, and the same
 * push by local-exec once they are there.
 */
export class Terraform {
    private constructor(
        private readonly folder: string,
        private readonly environment: Record<string, string>,
    ) {}

    /** Undefined where Terraform is not on this machine. */
    static async open(
        folder: string,
        environment: Record<string, string>,
        name: string,
        push: PushRequest,
    ): Promise<Terraform | undefined> {
        if (spawnSync("terraform", ["version"]).status !== 0) return undefined;
        mkdirSync(folder, { recursive: true });
        const provider = dirname(await obtainAwsProvider(() => undefined));
        const configuration = join(folder, "terraform.rc");
        // An override needs no `terraform init`, which would ask a registry.
        writeFileSync(
            configuration,
            `provider_installation {\n  dev_overrides {\n    "hashicorp/aws" = ${JSON.stringify(provider)}\n  }\n  direct {}\n}\n`,
        );
        const request = join(folder, "request.json");
        // The keys of the stack are gone when this is applied anew, so that Test Connection would fail: it goes without, in Terraform's favour.
        const untested = { ...push, policy: { ...push.policy, testConnection: false } };
        writeFileSync(request, JSON.stringify(untested), { mode: 0o600 });
        writeFileSync(join(folder, "main.tf.json"), JSON.stringify(resources(name, request), null, 2));
        return new Terraform(folder, { ...environment, TF_CLI_CONFIG_FILE: configuration, CHECKPOINT_DISABLE: "1" });
    }

    apply = () => this.run("apply");
    destroy = () => this.run("destroy");

    private async run(verb: string): Promise<void> {
        const { code, output } = await run("terraform", [verb, "-auto-approve", "-input=false", "-no-color"], {
            cwd: this.folder,
            environment: this.environment,
        });
        if (code !== 0) throw new Error(`terraform ${verb} ended with ${code}\n${output.slice(-2000)}`);
    }
}

function resources(name: string, request: string): object {
    const group = "${aws_security_group.agents.id}";
    const everywhere = { security_group_id: group, ip_protocol: "-1" };
    return {
        terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
        provider: { aws: { region: "eu-central-1" } },
        data: {
            aws_vpc: { default: { default: true } },
            aws_subnets: { all: { filter: [{ name: "vpc-id", values: ["${data.aws_vpc.default.id}"] }] } },
            aws_ssm_parameter: {
                image: { name: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64" },
            },
            aws_caller_identity: { current: {} },
        },
        resource: {
            aws_iam_policy: { agents: { name, policy: JSON.stringify(broadPolicy()) } },
            aws_iam_group: { agents: { name } },
            aws_iam_group_policy_attachment: {
                agents: { group: "${aws_iam_group.agents.name}", policy_arn: "${aws_iam_policy.agents.arn}" },
            },
            aws_iam_user: { agents: { name: `${name}-controller` } },
            aws_iam_user_group_membership: {
                agents: { user: "${aws_iam_user.agents.name}", groups: ["${aws_iam_group.agents.name}"] },
            },
            aws_iam_access_key: { agents: { user: "${aws_iam_user.agents.name}" } },
            aws_key_pair: { agents: { key_name: name, public_key: publicKey() } },
            aws_security_group: { agents: { name, vpc_id: "${data.aws_vpc.default.id}" } },
            aws_vpc_security_group_ingress_rule: {
                ssh: {
                    security_group_id: group,
                    ip_protocol: "tcp",
                    from_port: 22,
                    to_port: 22,
                    cidr_ipv4: "10.20.0.0/24",
                },
            },
            aws_vpc_security_group_egress_rule: {
                out4: { ...everywhere, cidr_ipv4: "0.0.0.0/0" },
                out6: { ...everywhere, cidr_ipv6: "::/0" },
            },
            terraform_data: {
                push: {
                    depends_on: [
                        "aws_iam_access_key.agents",
                        "aws_iam_group_policy_attachment.agents",
                        "aws_iam_user_group_membership.agents",
                        "aws_key_pair.agents",
                        "aws_vpc_security_group_egress_rule.out4",
                        "aws_vpc_security_group_egress_rule.out6",
                        "aws_vpc_security_group_ingress_rule.ssh",
                    ],
                    provisioner: [
                        {
                            "local-exec": {
                                command: `node -e "require('jenkins-ec2-agents/push')" apply < '${request}'`,
                                working_dir: projectFolder,
                            },
                        },
                    ],
                },
            },
        },
    };
}

/** A new key in the form of RFC 4253, section 6.6: name, exponent and modulus, each behind its length. */
function publicKey(): string {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const { e, n } = publicKey.export({ format: "jwk" });
    // A zero in front keeps the modulus positive.
    const modulus = Buffer.concat([Buffer.from([0]), Buffer.from(n!, "base64url")]);
    const framed = [Buffer.from("ssh-rsa"), Buffer.from(e!, "base64url"), modulus].flatMap((part) => {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(part.length);
        return [length, part];
    });
    return `ssh-rsa ${Buffer.concat(framed).toString("base64")}`;
}

"""Agents for one controller, in a Python program."""

import pulumi
import pulumi_jenkins_ec2_agents as jenkins

config = pulumi.Config()

builders = jenkins.JenkinsAgents(
    "builders",
    controllers={"main": jenkins.ControllerArgs(url=config.require("url"), user=config.require("user"))},
    secrets=jenkins.SecretsArgs(tokens={"main": config.require_secret("token")}),
    network=jenkins.NetworkArgs(ingress=jenkins.NetworkIngressArgs(cidrs=["10.20.0.0/24"])),
    clouds={
        "builders": jenkins.CloudArgs(
            controllers=["main"],
            cap=20,
            templates={
                "linux": jenkins.TemplateArgs(
                    image=jenkins.TemplateImageArgs(
                        ssm="/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
                    ),
                    instance_type="m7i.large",
                    labels=["linux"],
                ),
            },
        ),
    },
)

# For other stacks.
pulumi.export("clouds", builders.clouds)
# By the component's name: what the guard against changes that are too large knows of the last update.
pulumi.export("builders", builders.all)
# Secrets.
pulumi.export("keys", builders.access_keys)
pulumi.export("privateKeys", builders.private_keys)

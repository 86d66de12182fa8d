import { expect, it } from "vitest";
import { broadPolicy } from "../../../iam/broadPolicy";

it("the policy broad is one statement that allows exactly the 17 actions on every resource", () => {
    expect(broadPolicy()).toEqual({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Resource: "*",
                Action: [
                    "ec2:DescribeSpotInstanceRequests",
                    "ec2:CancelSpotInstanceRequests",
                    "ec2:GetConsoleOutput",
                    "ec2:RequestSpotInstances",
                    "ec2:RunInstances",
                    "ec2:StartInstances",
                    "ec2:StopInstances",
                    "ec2:TerminateInstances",
                    "ec2:CreateTags",
                    "ec2:DeleteTags",
                    "ec2:DescribeInstances",
                    "ec2:DescribeKeyPairs",
                    "ec2:DescribeRegions",
                    "ec2:DescribeImages",
                    "ec2:DescribeAvailabilityZones",
                    "ec2:DescribeSecurityGroups",
                    "ec2:DescribeSubnets",
                ],
            },
        ],
    });
});

it("a changed copy does not change the policy of the next stack", () => {
    broadPolicy().Statement[0]!.Action.pop();
    expect(broadPolicy().Statement[0]!.Action).toHaveLength(17);
});

import { many } from "../settings/printable";
import type { Clock } from "../jenkins/push/clock";
import { dryRuns, isRefused, wouldStart, type DryRun } from "../jenkins/push/dryRun";
import { PushError } from "../jenkins/push/errors";
import type { Report } from "../jenkins/push/logLine";
import type { PushRequest } from "../jenkins/push/request";
import { withSession } from "../jenkins/push/session";

/**
 * Tries to launch an agent of each template of a cloud, by a dry run on its controller.
 *
 * @returns what was found, in one line
 * @throws PushError with AWS's own reason for each template that EC2 refuses
 */
export function tryLaunches(request: PushRequest, report: Report, clock?: Clock): Promise<string> {
    const { controller, cloud } = request;
    return withSession(controller, { report, clouds: [cloud], clock }, async ({ client }) => {
        const answers = await dryRuns(client, cloud.name);
        const refused = answers.filter(isRefused);
        if (refused.length > 0)
            throw new PushError(
                "agent-did-not-come",
                controller.id,
                refused.map((each) => refusal(cloud.name, each)),
            );
        const untried = answers.filter((each) => !wouldStart(each));
        const rest = untried.length === 0 ? "" : `; ${untried.length} not tried: ${untried[0]!.message}`;
        return `cloud ${cloud.name}: EC2 would start an instance of ${many(answers.length - untried.length, "template")}${rest}`;
    });
}

function refusal(cloud: string, { description, code, message }: DryRun): string {
    return `cloud ${cloud}, template ${description}: EC2 would start no instance: ${code}: ${message}. ${remedyFor(code)}`;
}

/** What to do, by AWS's code. If something was changed or deleted in AWS by hand, the state still has it, and `pulumi up` changes nothing. */
function remedyFor(code: string): string {
    if (/^(UnauthorizedOperation|AuthFailure)$/.test(code)) {
        return "Was the policy, the group or the access key changed in AWS? pulumi refresh, then pulumi up";
    }
    if (/^Invalid\w+ID\.|^InvalidGroup\.|NotFound$/.test(code)) {
        return "Was it deleted in AWS? pulumi refresh, then pulumi up; an id in the settings has to be corrected there";
    }
    return "docs/troubleshooting.md has causes";
}

import type { Clock } from "../jenkins/push/clock";
import { PushError } from "../jenkins/push/errors";
import { list, record, text } from "../jenkins/push/form";
import type { Report } from "../jenkins/push/logLine";
import type { PushRequest } from "../jenkins/push/request";
import { runScript } from "../jenkins/push/script";
import { withSession } from "../jenkins/push/session";

/** What EC2 answered for one template. */
interface Answer {
    /** Description of the template. */
    description: string;
    /** AWS's code; empty where EC2 was not asked. */
    code: string;
    message: string;
}

const answersForm = record({ templates: list(record({ description: text, code: text, message: text })) });

/** The code with which EC2 says that it would have done what was asked. */
const WOULD_START = "DryRunOperation";

/**
 * Has a controller ask EC2, for each template of a cloud, whether it would start an instance, with the controller's own identity.
 * Starts nothing and costs nothing.
 *
 * @returns what was found, in one line
 * @throws PushError with AWS's own reason for each template that it refuses
 */
export function tryLaunches(request: PushRequest, report: Report, clock?: Clock): Promise<string> {
    const { controller, cloud } = request;
    return withSession(controller, { report, clouds: [cloud], clock }, async ({ client }) => {
        const { templates } = await runScript<{ templates: Answer[] }>(
            client,
            "dryRun",
            { name: cloud.name },
            answersForm,
        );
        const refused = templates.filter(({ code }) => code !== "" && code !== WOULD_START);
        if (refused.length > 0) {
            throw new PushError(
                "request-failed",
                controller.id,
                refused.map(({ description, code, message }) => refusal(cloud.name, description, code, message)),
            );
        }
        const tried = templates.filter(({ code }) => code === WOULD_START).length;
        const rest = templates.length - tried;
        return `cloud ${cloud.name}: EC2 would start an instance of ${tried} templates${rest === 0 ? "" : `; ${rest} not tried: ${templates.find(({ code }) => code === "")!.message}`}`;
    });
}

function refusal(cloud: string, template: string, code: string, message: string): string {
    return `cloud ${cloud}, template ${template}: EC2 would start no instance: ${code}: ${message}. ${remedyFor(code)}`;
}

/** What to do, by AWS's code. The state may hold something that was changed or deleted by hand: then `pulumi up` alone changes nothing. */
function remedyFor(code: string): string {
    if (/^(UnauthorizedOperation|AuthFailure)$/.test(code)) {
        return "Was the policy, the group or the access key changed in AWS? pulumi refresh, then pulumi up";
    }
    if (/^Invalid\w+ID\.|^InvalidGroup\.|NotFound$/.test(code)) {
        return "Was it deleted in AWS? pulumi refresh, then pulumi up; an id in the settings has to be corrected there";
    }
    return "docs/troubleshooting.md has causes";
}

import { UserError } from "../settings/problem";
import type { PolicyDocument } from "./policyDocument";

/** Characters of a managed policy, white space not counted (IAM: "IAM and AWS STS quotas"). */
const longest = 6144;

/**
 * The document, if IAM takes it.
 * @param setting the setting that the document is made after
 * @throws UserError where it is too long, since IAM says only "LimitExceeded"
 */
export function fitting(document: PolicyDocument, setting: string): PolicyDocument {
    const { length } = JSON.stringify(document);
    if (length <= longest) return document;
    throw new UserError([
        {
            code: "policy-too-large",
            path: setting,
            message: `the settings make a policy of ${length} characters, and IAM allows ${longest}`,
            fix: "use fewer instance profiles, regions, clouds with adopt: true or access.formerAgents; or deploy some clouds as another stack",
        },
    ]);
}

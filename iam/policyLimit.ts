import { mistake } from "../settings/read/mistake";
import type { PolicyDocument } from "./policyDocument";

/** Characters of a managed policy, white space not counted (IAM: "IAM and AWS STS quotas"). */
const longest = 6144;

/**
 * The document, if IAM takes it.
 * @param setting the setting that the document is made after
 * @throws where it is too long, since IAM says only "LimitExceeded"
 */
export function fitting(document: PolicyDocument, setting: string): PolicyDocument {
    const { length } = JSON.stringify(document);
    if (length <= longest) return document;
    throw mistake(
        `${setting}: these settings make a policy of ${length} characters, and IAM allows ${longest}. Fewer instance profiles ` +
            "in templates, fewer regions, fewer clouds with adopt: true and fewer access.formerAgents make it shorter; or " +
            "deploy some of the clouds as a stack of its own",
    );
}

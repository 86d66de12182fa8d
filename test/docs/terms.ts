import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../playground/world";
import type { Page } from "./pages";

/** How the field's terms are written: wrong forms, and the right one. Code and the targets of links are not looked at. */
const terms: readonly [wrong: RegExp, right: string][] = [
    [/\b(?:Github|github|Git Hub)\b/, "GitHub"],
    [/\b(?:Gitlab|gitlab|Git Lab)\b/, "GitLab"],
    [/\b(?:Typescript|typescript)\b/, "TypeScript"],
    [/\b(?:Javascript|javascript)\b/, "JavaScript"],
    [/\b(?:Powershell|powershell|Power Shell)\b/, "PowerShell"],
    [/\b(?:Macos|MacOS|Mac OS|OSX|OS X)\b/, "macOS"],
    [/\b(?:OpenId|Openid|Open ID) ?Connect\b/, "OpenID Connect"],
    [/\b(?:Cloudtrail|Cloud Trail)\b/, "CloudTrail"],
    [/\b(?:Cloudwatch|Cloud Watch)\b/, "CloudWatch"],
    [/\b(?:Cloudformation|Cloud Formation)\b/, "CloudFormation"],
    [/\b(?:spot|SPOT) (?:instance|agent|price|request|template|market|capacity)/, "Spot instance, Spot agent, …"],
    [/\b(?:JCasC|CasC|Config as Code|configuration as code|Configuration-as-Code)\b/, "Configuration as Code"],
    [/\b(?:Security Group|security-group)s?\b/, "security group"],
    [/\b(?:keypair|Keypair|key-pair|Key Pair)s?\b/, "key pair"],
    [/\b(?:Instance Profile|instance-profile)s?\b/, "instance profile"],
    [/\b(?:Access Key|access-key)s?\b/, "access key"],
    [/\b(?:IAM Role|IAM Policy|IAM User)\b/, "IAM role, IAM policy, IAM user"],
    [/\b(?:backend|back-end|Backend)s?\b/, "back end"],
    [/\b(?:plug-in|Plug-in)s?\b/, "plugin"],
    [/\b(?:Jenkins|controller) master\b|\bmaster node\b|\bslaves?\b/i, "controller, agent"],
    [/\bjenkins\b/, "Jenkins"],
    [/\bpulumi\b(?! (?:cancel|import|refresh)\b)/, "Pulumi"], // tables of docs/reliability.md name commands
    [/\b(?:Ec2|ec2)\b/, "EC2"],
    [/\b(?:aws|Aws)\b/, "AWS"],
    [/\b(?:iam|Iam)\b/, "IAM"],
    [/\b(?:ami|Ami|amis|AMI's)\b/, "AMI, AMIs"],
    [/\b(?:ssh|Ssh)\b/, "SSH"],
    [/\b(?:vpc|Vpc)\b/, "VPC"],
    [/\b(?:yaml|Yaml)\b/, "YAML"],
    [/\b(?:json|Json)\b/, "JSON"],
    [/\b(?:groovy)\b/, "Groovy"],
    [/\b(?:linux)\b/, "Linux"],
    [/\b(?:windows)\b(?= (?:agent|instance|template|Server))/, "Windows"],
];

/** Turns of phrase that a reader whose first language is not English stumbles over, and what to write. */
const phrases: readonly [avoided: RegExp, instead: string][] = [
    [/\bsa(?:y|ys|id)\b/i, "set, configure, print, report or show: nobody speaks here"],
    [/(?<!\bthere )is none\b/i, "is not a …, is not set, does not exist"],
    [/\bin vain\b/i, "fails, without success"],
    [/\blaid (?:together|over)\b|\blays? (?:them )?together\b/i, "merged, combined"],
    [/\bgo(?:es)? over\b/i, "overrides"],
    [/\bwhoever\b/i, "everybody who, the deployer, the owner"],
    [/\bwhat (?:it|each \w+) is like\b/i, "the properties, the faults"],
    [/\btakes? (?:it |them |all of it )?away\b/i, "remove"],
    [/\bput(?:s)? (?:it |them )?back\b/i, "restore"],
    [/\bof one's own\b/i, "of your own"],
    [/\bis to be had\b|\bcan(?:not| not|'t)? be had\b/i, "is available"],
];

/** Files, hosts, addresses and packages are written as they are called: words with a mark within or before them. */
const names = /[\w-]*[./:@_][\w./:@-]+|\b(?:jenkins|ec2|aws|iam)(?:-\w+)+/g;

/** Terms that pages write otherwise than the list has them. */
export function misspelt(pages: readonly Page[]): string[] {
    return pages.flatMap(({ path, prose }) =>
        prose.flatMap(({ text, line }) =>
            terms.flatMap(([wrong, right]) => {
                const found = wrong.exec(text.replace(names, ""));
                return found === null ? [] : [`${path}:${line}: "${found[0]}" is written ${right}`];
            }),
        ),
    );
}

type Prose = Pick<Page, "path" | "prose">;

const product = ["settings", "jenkins", "cli", "iam", "ec2", "component", "build", "index.ts", "start.cjs"];

/** The comments of the product's sources. */
export function comments(): Prose[] {
    const files = execFileSync("git", ["ls-files", ...product], { cwd: projectFolder, encoding: "utf8" });
    return files
        .split("\n")
        .filter((path) => /\.(ts|cjs|groovy)$/.test(path))
        .map((path) => ({ path, prose: commentsOf(readFileSync(join(projectFolder, path), "utf8")) }));
}

/** Each line of a comment. What follows `//` within a text or an address does not count. */
function commentsOf(source: string): Page["prose"] {
    return [...source.matchAll(/\/\*.*?\*\/|(?<![:"'`\w])\/\/[^\n]*/gs)].flatMap(({ 0: comment, index }) => {
        const first = source.slice(0, index).split("\n").length;
        return comment.split("\n").map((text, line) => ({ text, line: first + line }));
    });
}

/** Phrases that pages and comments avoid. */
export function avoidedPhrases(pages: readonly Prose[]): string[] {
    return pages.flatMap(({ path, prose }) =>
        prose.flatMap(({ text, line }) =>
            phrases.flatMap(([avoided, instead]) => {
                const found = avoided.exec(text);
                return found === null ? [] : [`${path}:${line}: "${found[0]}": write ${instead}`];
            }),
        ),
    );
}

const mostWords = 40;

/** Sentences that are too long to be understood the first time. A colon or a semicolon ends one, too. */
export function longSentences(pages: readonly Page[]): string[] {
    return pages.flatMap(({ path, paragraphs }) =>
        paragraphs.flatMap(({ text, line }) =>
            text
                .split(/(?<=[.!?:;])\s/)
                .map((sentence) => ({ sentence, words: sentence.split(/\s+/).length }))
                .filter(({ words }) => words > mostWords)
                .map(({ sentence, words }) => `${path}:${line}: ${words} words: ${sentence.slice(0, 60)}…`),
        ),
    );
}

import { stringify } from "yaml";
import { isReadableOnTheWay, mustBeHttps } from "../../settings/checks/controllers";
import { settingsFromExport } from "../../settings/fromExport";
import { exportClouds } from "../push/export";
import { redactor, secretsOf } from "../push/redact";
import type { PushRequest } from "../push/request";
import { visible } from "../push/visible";

/**
 * Prints the EC2 clouds of a live controller as settings for this program: what to put into a stack's configuration so that a
 * fleet configured by hand moves in one step. The controller is named by JENKINS_URL, JENKINS_USER and JENKINS_TOKEN.
 */
export async function exportCommand(environment: NodeJS.ProcessEnv): Promise<number> {
    const { JENKINS_URL: url, JENKINS_USER: user, JENKINS_TOKEN: token } = environment;
    if (!url || !user || !token) throw new Error("export needs JENKINS_URL, JENKINS_USER and JENKINS_TOKEN.");
    if (!/^https?:/.test(url) || !URL.canParse(url)) {
        throw new Error(
            `JENKINS_URL is ${url}; it must be the address of a Jenkins, like https://jenkins.example.com/team-a/`,
        );
    }
    if (isReadableOnTheWay(new URL(url))) throw new Error(`JENKINS_URL is ${url}; it ${mustBeHttps}.`);
    const request = readingRequest(url, user, token);
    const redact = redactor(secretsOf(request));
    const { clouds } = await exportClouds(request, (line) => process.stderr.write(`${redact(line)}\n`));
    const converted = settingsFromExport(clouds, ["controller"]);
    for (const note of [...converted.notes, toBeAdded]) process.stderr.write(visible(`note: ${note}\n`));
    const settings = stringify({
        config: {
            "jenkins-ec2-agents:controllers": { controller: { url, user } },
            "jenkins-ec2-agents:clouds": Object.fromEntries(
                // The clouds are there, and this program did not make them.
                Object.entries(converted.clouds).map(([id, cloud]) => [id, { ...cloud, adopt: true }]),
            ),
        },
    });
    process.stdout.write(visible(settings)); // such a code point within quotes is YAML for the character itself
    return 0;
}

/** What no controller can say of itself. */
const toBeAdded =
    "add aws:region, controllers.controller.addresses (where it connects to its agents from), and the token: " +
    "pulumi config set --secret --path 'jenkins-ec2-agents:secrets.tokens.controller'";

/** A request that reads every EC2 cloud of a controller and writes nothing. */
function readingRequest(url: string, user: string, token: string): PushRequest {
    return {
        owner: "export",
        controller: {
            id: "controller",
            url: url.endsWith("/") ? url : `${url}/`,
            user,
            token,
            timeouts: { connectSeconds: 10, answerSeconds: 60, totalSeconds: 120 },
        },
        plugin: { version: "", minimum: "", install: false, restart: false },
        cloud: {
            name: "",
            path: "",
            settings: {},
            follows: [],
            securityGroup: "",
            secret: [],
            credentials: [],
            parameters: {},
            optional: [],
            templates: [],
        },
        policy: {
            adopt: false,
            busyAgents: "refuse",
            drainMinutes: 1,
            testConnection: false,
            accessKeySeconds: 0,
        },
    };
}

import { Clock } from "./clock";
import { PlanValue } from "./difference";
import { list, planValues, record, text } from "./form";
import { Report } from "./logLine";
import { PushRequest } from "./request";
import { runScript } from "./script";
import { withSession } from "./session";

/** A live EC2 cloud as data, by the parameter names of the installed plugin. Secrets are `****`, what is empty is "". */
export interface ExportedCloud {
    name: string;
    /** Parameters of the cloud without name and templates. */
    parameters: Record<string, PlanValue>;
    /** Parameters of each template, in order. */
    templates: Record<string, PlanValue>[];
    /** The credentials that the cloud names: id and what of them is no secret. */
    credentials: Record<string, PlanValue>[];
}

/** What `export` prints: the clouds of one controller. */
export interface Export {
    controller: string;
    jenkins: string;
    plugin: string;
    clouds: ExportedCloud[];
}

const exportForm = record({
    clouds: list(
        record({ name: text, parameters: planValues, templates: list(planValues), credentials: list(planValues) }),
    ),
});

/**
 * Reads EC2 clouds off a controller: the one that the request names, or all where its name is empty.
 * Changes nothing.
 */
export function exportClouds(request: PushRequest, report: Report, clock?: Clock): Promise<Export> {
    return withSession(request, report, { requirePlugin: false, clock }, async (session) => {
        const { client, jenkins, plugin } = session;
        if (plugin === "") {
            throw client.fail("the ec2 plugin is not installed: there is no EC2 cloud to export");
        }
        const { clouds } = await runScript<{ clouds: ExportedCloud[] }>(
            client,
            "export",
            { name: request.cloud.name },
            exportForm,
        );
        if (request.cloud.name !== "" && clouds.length === 0) {
            throw client.fail(`there is no EC2 cloud "${request.cloud.name}"`);
        }
        return { controller: request.controller.id, jenkins, plugin, clouds };
    });
}

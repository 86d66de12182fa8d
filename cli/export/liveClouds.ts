import type { ExportedCloud, PluginObject } from "../../settings/schema/codec";
import type { Clock } from "../../jenkins/push/clock";
import { list, planValues, record, text } from "../../jenkins/push/form";
import type { Report } from "../../jenkins/push/logLine";
import { readPlugins } from "../../jenkins/push/plugins";
import type { ControllerAccess } from "../../jenkins/push/request";
import { runScript } from "../../jenkins/push/script";
import { withSession } from "../../jenkins/push/session";

/** A cloud and the credentials that it names: their ids, and what of them is no secret. */
export interface LiveCloud extends ExportedCloud {
    credentials: PluginObject[];
    /** The Pulumi stack whose mark it bears; empty where it bears none. */
    stack: string;
}

/** The EC2 clouds of one controller. */
export interface LiveClouds {
    controller: string;
    jenkins: string;
    plugin: string;
    clouds: LiveCloud[];
}

const cloudsForm = record({
    clouds: list(
        record({
            name: text,
            parameters: planValues,
            templates: list(planValues),
            credentials: list(planValues),
            stack: text,
        }),
    ),
});

/**
 * Reads EC2 clouds from a controller. Changes nothing.
 *
 * @param name of the cloud; all where it is empty
 * @throws PushError if the controller cannot be asked, has no `ec2` plugin, or has no cloud of that name
 */
export function liveClouds(
    controller: ControllerAccess,
    name: string,
    report: Report,
    clock?: Clock,
): Promise<LiveClouds> {
    return withSession(controller, { report, clock }, async ({ client }) => {
        const { jenkins, ec2 } = await readPlugins(client);
        if (ec2 === undefined) {
            throw client.fail("plugin-missing", "the ec2 plugin is not installed: there is no EC2 cloud to export");
        }
        const { clouds } = await runScript<{ clouds: LiveCloud[] }>(client, "export", { name }, cloudsForm);
        if (name !== "" && clouds.length === 0) throw client.fail("no-such-cloud", `there is no EC2 cloud "${name}"`);
        return { controller: controller.id, jenkins, plugin: ec2, clouds };
    });
}

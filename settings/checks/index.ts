import { SettingsContext } from "../read/context";
import { Findings } from "../read/findings";
import { StackSettings } from "../schema/stack";
import { WrittenStack } from "../read/shape";
import { checkCloud, checkCloudNames } from "./clouds";
import { checkControllers } from "./controllers";
import { checkIdentity, checkBroad } from "./identity";
import { checkBudget, checkKeyPair, checkOwnTag, checkRollout, checkSize } from "./stack";
import { checkLists } from "./lists";
import { checkNetwork } from "./network";
import { checkRegions } from "./regions";
import { checkSecrets } from "./secrets";
import { checkSets, checkSilence } from "./sets";
import { checkTemplates } from "./templates";

/** Everything that can be checked only of several settings together. */
export function checkStack(
    settings: StackSettings,
    written: WrittenStack,
    context: SettingsContext,
    findings: Findings,
): void {
    checkSize(context, findings);
    checkSecrets(settings, context, findings);
    checkLists(written, findings);
    checkControllers(settings, findings);
    checkCloudNames(settings, findings);
    checkBroad(settings, findings);
    checkBudget(settings, findings);
    checkKeyPair(settings, findings);
    checkOwnTag(settings, findings);
    checkRollout(settings, findings);
    checkRegions(settings, findings);
    checkSets(written, findings);
    checkSilence(written, findings);
    for (const cloud of Object.values(settings.clouds)) {
        checkCloud(cloud, settings, findings);
        checkIdentity(cloud, settings, findings);
        checkNetwork(cloud, settings, findings);
        checkTemplates(cloud, settings, findings);
    }
}

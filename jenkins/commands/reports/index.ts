import { adviseReport } from "./advise";
import { checkReport } from "./check";
import { planReport } from "./plan";
import { orphansReport, statusReport } from "./status";
import { validateReport } from "./validate";

/** What commands print with `--json`, by the command. */
export const reports = {
    validate: validateReport,
    plan: planReport,
    check: checkReport,
    advise: adviseReport,
    status: statusReport,
    orphans: orphansReport,
};

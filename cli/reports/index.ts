import { adviseReport } from "./adviseReport";
import { checkReport } from "./checkReport";
import { inventoryReport } from "./inventoryReport";
import { planReport } from "./planReport";
import { orphansReport, statusReport } from "./statusReport";
import { validateReport } from "./validateReport";

/** What commands print with `--json`, by the command. */
export const reports = {
    validate: validateReport,
    inventory: inventoryReport,
    plan: planReport,
    check: checkReport,
    advise: adviseReport,
    status: statusReport,
    orphans: orphansReport,
};

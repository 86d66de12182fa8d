import { adviseReport } from "./advise";
import { planReport } from "./plan";
import { validateReport } from "./validate";

/** What commands print with `--json`, by the command. */
export const reports = { validate: validateReport, plan: planReport, advise: adviseReport };

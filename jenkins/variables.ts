// What commands tell the program that they start. They must not load Pulumi's SDK for it before they know the stack.

/** Names a file that gets the observations as JSON, without secrets: how `npm run jenkins -- plan` learns of them. */
export const planFileVariable = "JENKINS_PLAN_FILE";

/** If set, no controller is asked, whatever `watch` says: how `npm run jenkins -- check` asks AWS alone. */
export const unwatchedVariable = "JENKINS_UNWATCHED";

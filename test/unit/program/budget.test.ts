import { describe, expect, it } from "vitest";
import { readSettings } from "../../../settings";
import { context, smallStack as settingsStack } from "../settings/support";
import { runWholeProgram, smallStack } from "./wholeProgram";

const budgetsOf = async (settings: Record<string, unknown>) =>
    (await runWholeProgram({ ...smallStack, ...settings })).resources.filter(
        ({ type }) => type === "aws:budgets/budget:Budget",
    );

describe("budget", () => {
    it("is over the tag of every controller's agents, and writes at 80 % of the forecast and 100 % of the cost", async () => {
        const notify = ["builds@example.com"];
        const [budget] = await budgetsOf({ budget: { usdPerMonth: 2500, notify } });
        const alert = {
            comparisonOperator: "GREATER_THAN",
            thresholdType: "PERCENTAGE",
            subscriberEmailAddresses: notify,
        };
        expect(budget!.inputs).toMatchObject({
            name: "jenkins-aws-agents",
            budgetType: "COST",
            timeUnit: "MONTHLY",
            limitAmount: "2500",
            limitUnit: "USD",
            costFilters: [
                {
                    name: "TagKeyValue",
                    values: [
                        "user:jenkins-controller$jenkins-ec2-agents/test/team-a",
                        "user:jenkins-controller$jenkins-ec2-agents/test/team-b",
                    ],
                },
            ],
            notifications: [
                { ...alert, notificationType: "FORECASTED", threshold: 80 },
                { ...alert, notificationType: "ACTUAL", threshold: 100 },
            ],
        });
    });

    it("is not made unless it is asked for", async () => {
        expect(await budgetsOf({})).toEqual([]);
        expect(await budgetsOf({ budget: {} })).toEqual([]); // the default in Pulumi.yaml
    });

    it.each([
        [{ usdPerMonth: 0, notify: ["a@example.com"] }, /more than 0/],
        [{ usdPerMonth: 10, notify: [] }, /at least one address/],
        [{ usdPerMonth: 10, notify: ["nobody"] }, /an e-mail address/],
    ])("refuses %j", (budget, message) => {
        expect(() => readSettings({ ...settingsStack(), budget }, context())).toThrow(message);
    });
});

import * as budgets from "@pulumi/aws/budgets";
import type * as pulumi from "@pulumi/pulumi";
import type { StackSettings } from "../settings";
import { agentTag, owner, resourceName } from "../settings/naming";

/**
 * A monthly budget over the instances that have the stack's tag, where the settings ask for one. AWS counts a tag only after it was
 * activated as a cost allocation tag.
 */
export function stackBudget(
    settings: StackSettings,
    options: pulumi.CustomResourceOptions,
): budgets.Budget | undefined {
    const { budget, name, controllers } = settings;
    if (budget.usdPerMonth === undefined) return undefined;
    const alert = (notificationType: string, threshold: number) => ({
        comparisonOperator: "GREATER_THAN",
        thresholdType: "PERCENTAGE",
        threshold,
        notificationType,
        subscriberEmailAddresses: budget.notify,
    });
    const tags = Object.keys(controllers).map((id) => `user:${agentTag}$${owner(settings)}/${id}`);
    return new budgets.Budget(
        resourceName(settings, "budget"),
        {
            name: `${name}-agents`,
            budgetType: "COST",
            timeUnit: "MONTHLY",
            limitAmount: String(budget.usdPerMonth),
            limitUnit: "USD",
            costFilters: [{ name: "TagKeyValue", values: tags }],
            notifications: [alert("FORECASTED", 80), alert("ACTUAL", 100)],
        },
        options,
    );
}

/**
 * Whether labels fit an expression of Jenkins: names (in quotes where they have other characters), `!`, `&&`, `||`, `->`, `<->` and
 * parentheses (LabelExpressionParser). What is no expression is taken as one name, as the plugin does (HotSpareConfigByLabel).
 */
export function fitsLabels(expression: string, labels: readonly string[]): boolean {
    const tokens = [
        ...expression.matchAll(/\s*("(?:[^"\\]|\\.)*"|<->|->|&&|\|\||[!()]|(?:(?!->|<->)[^\s&|!<>()"])+|\S)/g),
    ].map(([, token = ""]) => token);
    let position = 0;
    const takes = (token: string) => tokens[position] === token && ++position > 0;

    /** A chain of operands of one operator, from the left. */
    const chain =
        (operator: string, operand: () => boolean, join: (left: boolean, right: boolean) => boolean) => (): boolean => {
            let value = operand();
            while (takes(operator)) value = join(value, operand());
            return value;
        };
    const name = (): boolean => {
        if (takes("!")) return !name();
        if (takes("(")) {
            const value = whole();
            if (!takes(")")) throw new SyntaxError("no )");
            return value;
        }
        const token = tokens[position++];
        if (token === undefined || /^(<->|->|&&|\|\||[)<>&|])$/.test(token)) throw new SyntaxError("no name");
        return labels.includes(token.startsWith('"') ? token.slice(1, -1).replace(/\\(.)/g, "$1") : token);
    };
    const and = chain("&&", name, (left, right) => left && right);
    const or = chain("||", and, (left, right) => left || right);
    const implies = chain("->", or, (left, right) => !left || right);
    const whole = chain("<->", implies, (left, right) => left === right);

    try {
        const value = whole();
        return position === tokens.length ? value : labels.includes(expression);
    } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        return labels.includes(expression);
    }
}

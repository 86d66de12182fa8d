/** A map without the keys that have no value. */
export function given(values: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** The name, or where it is taken the first of `name-2`, `name-3`, … that is not. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
    let free = name;
    for (let number = 2; isTaken(free); number++) free = `${name}-${number}`;
    return free;
}

/** A map without these keys. */
export function without<Value>(settings: Record<string, Value>, keys: readonly string[]): Record<string, Value> {
    return Object.fromEntries(Object.entries(settings).filter(([key]) => !keys.includes(key)));
}

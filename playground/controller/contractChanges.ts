import { parametersOf, type Contract } from "./contract";

/** How a generation of the plugin differs from one before it, for who teaches the program the new one. */
export interface ContractChanges {
    /** Classes, enums and constants of enums, as `Simple` or `Simple.CONSTANT`. */
    newTypes: string[];
    goneTypes: string[];
    /** Parameters of classes that both have. */
    newParameters: Parameter[];
    goneParameters: Parameter[];
    /** Parameters whose type is another. */
    changedParameters: (Parameter & { before: string })[];
}

/** A parameter of a class. */
export interface Parameter {
    /** Simple name of the class. */
    of: string;
    name: string;
    type: string;
}

export function contractChanges(before: Contract, after: Contract): ContractChanges {
    const shared = Object.keys(after.classes).filter((name) => name in before.classes);
    const former = shared.flatMap((name) => parameters(before, name));
    const now = shared.flatMap((name) => parameters(after, name));
    return {
        newTypes: missing(types(after), types(before)),
        goneTypes: missing(types(before), types(after)),
        newParameters: now.filter((one) => !former.some(sameAs(one))),
        goneParameters: former.filter((one) => !now.some(sameAs(one))),
        changedParameters: now.flatMap((one) => {
            const other = former.find(sameAs(one));
            return other === undefined || other.type === one.type ? [] : [{ ...one, before: other.type }];
        }),
    };
}

/** Gone parameters, each with the new ones of its class and type: one of these may be it by another name. */
export function maybeRenamed({ newParameters, goneParameters }: ContractChanges): [Parameter, Parameter[]][] {
    return goneParameters.map((gone) => [
        gone,
        newParameters.filter(({ of, type }) => of === gone.of && type === gone.type),
    ]);
}

const sameAs = (one: Parameter) => (other: Parameter) => one.of === other.of && one.name === other.name;

const parameters = (contract: Contract, name: string): Parameter[] =>
    parametersOf(contract, name).map((parameter) => ({ of: simple(name), ...parameter }));

const types = ({ classes, enums }: Contract): string[] => [
    ...Object.keys(classes).map(simple),
    ...Object.entries(enums).flatMap(([name, constants]) => constants.map((each) => `${simple(name)}.${each}`)),
];

const missing = (all: string[], others: string[]) => all.filter((each) => !others.includes(each));

const simple = (name: string) => name.split(".").at(-1)!;

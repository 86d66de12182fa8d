import { defineConfig } from "vitest/config";

/** A suite: a folder of tests that share how long they may take. */
const suite = (name: string, seconds: number) => ({
    test: {
        name,
        include: [`test/${name}/**/*.test.ts`],
        testTimeout: seconds * 1000,
        hookTimeout: Math.max(seconds, 60) * 1000,
        pool: "forks" as const,
        // The AWS SDK dials nothing but this machine.
        env: { AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_EC2_METADATA_DISABLED: "true" },
    },
});

export default defineConfig({
    test: {
        // One controller for all: one file after the other. Else one more than the processors of CI: some tests wait most of their time.
        maxWorkers: process.env.JENKINS_URL ? 1 : 3,
        // With `--coverage`, of which `npm test` makes use. What runs in processes of its own (the engine's program, a push by its
        // command) is tested end to end and not counted.
        coverage: {
            provider: "v8",
            include: ["index.ts", "{cli,component,ec2,iam,jenkins,settings}/**/*.ts"],
            // The entries of the push, the commands and the provider end or serve a process: they only run in one of their own.
            exclude: ["**/*.d.ts", "{cli,jenkins/push}/main.ts", "component/provider.ts"],
            reporter: ["text-summary"],
            reportsDirectory: ".playground/coverage",
            thresholds: { statements: 88, branches: 85, functions: 88, lines: 89 },
        },
        projects: [
            suite("unit", 60),
            suite("docs", 60),
            suite("push", 60),
            suite("groovy", 120),
            suite("faults", 120),
            // Each world has an engine, two AWS providers and a JVM: after the others, which would wait for them.
            { test: { ...suite("e2e", 900).test, sequence: { groupOrder: 1 } } },
        ],
    },
});

import { beforeAll, describe, expect, test } from "vitest";
import type { RunningController } from "../../../playground/controller/controller";
import { script, scriptJson, start } from "./support";

let jenkins: RunningController;

beforeAll(async () => {
    jenkins = await start();
});

const imports = `
import hudson.plugins.ec2.*
import hudson.util.StreamTaskListener
import org.jenkinsci.plugins.structs.describable.DescribableModel
def said = new ByteArrayOutputStream()
def listener = new StreamTaskListener(said)
def template = { Map map -> new DescribableModel(SlaveTemplate).instantiate(map, listener) }
def cloud = { Map map -> new DescribableModel(EC2Cloud).instantiate(map, listener) }
def failure = { Closure attempt -> try { attempt(); 'no error' } catch (Exception error) { error.message } }
`;
const groovy = (text: string) => script(jenkins, `${imports}${text}\nnull`);
const groovyJson = (text: string) =>
    scriptJson(jenkins, `${imports}print groovy.json.JsonOutput.toJson(${text})\nnull`);

describe("one nested map builds a whole cloud", () => {
    test("with its templates, which know their cloud", async () => {
        const text = `def built = cloud([name: 'agents', region: 'eu-central-1', templates: [[description: 'one'], [description: 'two']]])
            print([built.name, built.templates*.description, built.templates.every { it.parent.is(built) }])`;
        expect(await groovy(text)).toBe("[agents, [one, two], true]");
    });

    test("with spot, tags, filters, AMI type and node properties", async () => {
        const text = `def built = template(description: 'x', spotConfig: [useBidPrice: 'true', spotMaxBidPrice: '0.05'],
                tags: [[name: 'team', value: 'a']], amiFilters: [[name: 'name', values: 'ubuntu*']],
                amiType: ['$class': 'hudson.plugins.ec2.UnixData', sshPort: '2222'],
                nodeProperties: [['$class': 'EnvironmentVariablesNodeProperty', env: [[key: 'A', value: 'B']]]])
            print([built.spotConfig.spotMaxBidPrice, built.tags*.value, built.amiFilters*.values, built.amiType.sshPort,
                built.nodeProperties[0].envVars])`;
        expect(await groovy(text)).toBe("[0.05, [a], [ubuntu*], 2222, [A:B]]");
    });
});

describe("scalars", () => {
    test("a string becomes an int, a boolean, an enum", async () => {
        const text = `def built = template(maxTotalUses: '3', stopOnTerminate: 'true', tenancy: 'Dedicated')
            print([built.maxTotalUses, built.stopOnTerminate, built.tenancy.name()])`;
        expect(await groovy(text)).toBe("[3, true, Dedicated]");
    });

    test("a GString is a string", async () => {
        expect(await groovy(`def who = 'x'; print template(description: "a $who").description`)).toBe("a x");
    });

    test("a number for a String parameter is an error", async () => {
        expect(await groovy("print failure { template(numExecutors: 2) }")).toContain(
            "numExecutors expects class java.lang.String but received class java.lang.Integer",
        );
    });

    test("an enum is known by its exact name, which Tenancy does not print", async () => {
        expect(await groovy("print Tenancy.Default")).toBe("default");
        expect(await groovy("print failure { template(tenancy: 'default') }")).toContain(
            "No enum constant hudson.plugins.ec2.Tenancy.default",
        );
    });

    test("text where a number is meant is an error that quotes it", async () => {
        expect(await groovy("print failure { template(maxTotalUses: 'many') }")).toContain('For input string: "many"');
    });

    test("a bad cap surfaces as an InvocationTargetException", async () => {
        expect(await groovy("print failure { template(instanceCapStr: 'many') }")).toMatch(
            /: java\.lang\.reflect\.InvocationTargetException$/,
        );
    });

    test("an SSH port is not checked", async () => {
        expect(await groovy("print failure { template(amiType: ['$class': 'UnixData', sshPort: 'abc']) }")).toBe(
            "no error",
        );
    });
});

describe("objects", () => {
    test("an abstract type needs $class", async () => {
        expect(await groovy("print failure { template(amiType: [sshPort: '22']) }")).toContain(
            "must specify $class with an implementation of hudson.plugins.ec2.AMITypeData",
        );
    });

    test("$class is no symbol", async () => {
        expect(await groovy("print failure { template(amiType: ['$class': 'unix']) }")).toContain(
            "no known implementation of class hudson.plugins.ec2.AMITypeData is named unix",
        );
    });

    test("a map where a list is meant is an error", async () => {
        expect(await groovy("print failure { template(tags: [name: 'a', value: 'b']) }")).toContain(
            "tags expects java.util.List<hudson.plugins.ec2.EC2Tag> but received class java.util.LinkedHashMap",
        );
    });
});

describe("what is missing and what is unknown", () => {
    test("missing values are not noticed", async () => {
        expect(
            await groovy("def built = template([:]); print([built.ami, built.description, built.maxTotalUses])"),
        ).toBe("[null, null, 0]");
    });

    test("unknown names are a line on the listener, nested ones too", async () => {
        const text = "template(wrong: '1', alsoWrong: '2', amiType: ['$class': 'UnixData', port: '22']); print said";
        expect(await groovy(text)).toBe(
            "WARNING: Unknown parameter(s) found for class type 'hudson.plugins.ec2.UnixData': port\n" +
                "WARNING: Unknown parameter(s) found for class type 'hudson.plugins.ec2.SlaveTemplate': alsoWrong,wrong\n",
        );
    });
});

describe("errors leak", () => {
    test("the whole map is in the text, a password included", async () => {
        const text = `print failure { cloud(name: 'c', templates: [[description: 'w', numExecutors: 1,
            amiType: ['$class': 'WindowsData', password: 'hunter2']]]) }`;
        const message = await groovy(text);
        expect(message).toMatch(/^Could not instantiate \{name=c, /);
        expect(message).toContain("password=hunter2");
    });

    test("a Secret is not shown, but the Windows password cannot be one", async () => {
        const text = `print failure { template(amiType: ['$class': 'WindowsData', password: hudson.util.Secret.fromString('hunter2')]) }`;
        const message = await groovy(text);
        expect(message).toContain("password expects class java.lang.String but received class hudson.util.Secret");
        expect(message).not.toContain("hunter2");
    });
});

describe("reading back", () => {
    test("every parameter is a property of the object", async () => {
        const text = `[EC2Cloud, SlaveTemplate].collectMany { type ->
            def built = new DescribableModel(type).instantiate([:])
            new DescribableModel(type).parameters.findAll { parameter ->
                try { built[parameter.name]; false } catch (Exception missing) { true } }*.name }`;
        expect(await groovyJson(text)).toEqual([]);
    });

    test("in and out differ: executors go in as text and come out as a number", async () => {
        expect(await groovy("print template(numExecutors: '4').numExecutors.class.simpleName")).toBe("Integer");
    });

    test("data classes are equal by value, clouds and templates are not", async () => {
        const text = `def pair = { type, map -> [1, 2].collect { new DescribableModel(type).instantiate(map) } }
            def equal = { List two -> two[0] == two[1] }
            print([equal(pair(UnixData, [sshPort: '22'])), equal(pair(WindowsData, [password: 'p'])),
                equal(pair(SpotConfiguration, [:])), equal(pair(EC2Tag, [name: 'a', value: 'b'])),
                equal(pair(SlaveTemplate, [:])), equal(pair(EC2Cloud, [name: 'c']))])`;
        expect(await groovy(text)).toBe("[true, true, true, true, false, false]");
    });

    test("the model says which parameters the constructor takes", async () => {
        const text = `print new DescribableModel(EC2Cloud).parameters.collect { [it.name, it.required, it.type.toString()] }
            .findAll { it[0] in ['name', 'templates', 'altEC2Endpoint'] }`;
        expect(await groovy(text)).toBe(
            "[[name, true, String], [templates, true, SlaveTemplate[]], [altEC2Endpoint, false, String]]",
        );
    });
});

describe("a cloud", () => {
    test("finds a template by description, the first of two", async () => {
        const text = `def built = cloud(name: 'c', templates: [[description: 'a', ami: '1'], [description: 'a', ami: '2']])
            print([built.getTemplate('a').ami, built.getTemplate('b')])`;
        expect(await groovy(text)).toBe("[1, null]");
    });

    test("breaks on a template without description", async () => {
        const text = "def built = cloud(name: 'c', templates: [[ami: '1']]); print failure { built.getTemplate('a') }";
        expect(await groovy(text)).toMatch(/null/);
    });

    test("takes an empty cap for unlimited", async () => {
        expect(await groovy("print cloud(name: 'c', instanceCapStr: '').instanceCap == Integer.MAX_VALUE")).toBe(
            "true",
        );
    });

    test("is not built by who lacks Overall/Administer", async () => {
        const text = `print failure { hudson.security.ACL.runAs(new hudson.security.ACL.Identity('joe', false),
            { template(description: 'x') } as java.util.function.Supplier) }`;
        expect(await groovy(text)).toContain("InvocationTargetException");
    });
});

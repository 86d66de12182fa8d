import { describe, expect, test } from "vitest";
import { stopController } from "../../../playground/controller/controller";
import { generations, newest } from "../../../playground/controller/generations";
import { json, scriptJson, start } from "./support";

/** Builds a cloud from one map, whichever class and name parameter the generation has, and reads it back. */
const buildAndRead = `
import hudson.plugins.ec2.*
import java.lang.reflect.Modifier
import org.jenkinsci.plugins.structs.describable.DescribableModel
def type = Modifier.isAbstract(EC2Cloud.modifiers) ? AmazonEC2Cloud : EC2Cloud
def model = new DescribableModel(type)
def nameParameter = model.getParameter('cloudName') ? 'cloudName' : 'name'
def typeIsText = new DescribableModel(SlaveTemplate).getParameter('type').erasedType == String
def settings = [(nameParameter): 'agents', region: 'eu-central-1', instanceCapStr: '7', templates: [[
    description: 'linux', type: typeIsText ? 't3.micro' : 'T3Micro', labelString: 'linux docker', numExecutors: '2',
    instanceCapStr: '', launchTimeoutStr: '600', amiType: ['$class': 'UnixData', sshPort: '22']]]]
Jenkins.get().clouds.replaceBy([model.instantiate(settings)])
def cloud = Jenkins.get().clouds[0]
def linux = cloud.templates[0]
print groovy.json.JsonOutput.toJson([cloudType: type.simpleName, name: cloud.name, displayName: cloud.displayName,
    cap: cloud.instanceCapStr, region: cloud.region, type: linux.type.toString(), labels: linux.labelSet*.name,
    executors: linux.numExecutors, timeout: linux.launchTimeoutStr, templateCap: linux.instanceCapStr])
null
`;

const expected = {
    displayName: "agents",
    cap: "7",
    region: "eu-central-1",
    type: "t3.micro",
    labels: ["linux", "docker"],
    executors: 2,
    timeout: "600",
    templateCap: "",
};

describe.each(generations)("ec2 %s", (plugin) => {
    test("boots, and a cloud is built from one map", async () => {
        const jenkins = await start({ plugin });
        const plugins = (await json(jenkins, "pluginManager/api/json?depth=1")).plugins;
        expect(plugins).toContainEqual(expect.objectContaining({ shortName: "ec2", version: plugin, active: true }));
        const read = await scriptJson(jenkins, buildAndRead);
        expect(read).toEqual({
            ...expected,
            cloudType: parseInt(plugin) < 1822 ? "AmazonEC2Cloud" : "EC2Cloud",
            // AmazonEC2Cloud.createCloudId of ec2 2.0.x.
            name: plugin === "2.0.7" ? "ec2-agents" : "agents",
        });
    });
});

describe("a home with a cloud of ec2 2.0.7", () => {
    const read = `
        print groovy.json.JsonOutput.toJson(Jenkins.get().clouds.collect {
            [it.name, it.class.simpleName, it.templates[0].type.toString()] })
        null`;

    test("keeps the cloud when the plugin is newer", async () => {
        const old = await start({ plugin: "2.0.7" });
        await scriptJson(old, buildAndRead);
        await stopController(old);
        const jenkins = await start({ home: old.home, plugin: newest });
        expect(jenkins.url).toBe(old.url);
        expect(await scriptJson(jenkins, read)).toEqual([["ec2-agents", "AmazonEC2Cloud", "t3.micro"]]);
    });

    test("starts without the plugin, and without the cloud", async () => {
        const old = await start({ plugin: "2.0.7" });
        await scriptJson(old, buildAndRead);
        await stopController(old);
        const jenkins = await start({ home: old.home, plugin: undefined });
        expect(await scriptJson(jenkins, read)).toEqual([]);
    });
});

test("without the plugin its classes are not there", async () => {
    const jenkins = await start({ plugin: undefined });
    const found = await scriptJson(
        jenkins,
        `def found = true
         try { Class.forName('hudson.plugins.ec2.EC2Cloud', true, Jenkins.get().pluginManager.uberClassLoader) }
         catch (ClassNotFoundException missing) { found = false }
         print groovy.json.JsonOutput.toJson([found, Jenkins.get().pluginManager.getPlugin('ec2')])
         null`,
    );
    expect(found).toEqual([false, null]);
});

test("an instance type of the AWS SDK 1 goes by its constant, not by its value", async () => {
    const jenkins = await start({ plugin: "1822.v87175d209b_b_5" });
    const answer = await scriptJson(
        jenkins,
        `import com.amazonaws.services.ec2.model.InstanceType
         import org.jenkinsci.plugins.structs.describable.DescribableModel
         def problem = null
         try { new DescribableModel(hudson.plugins.ec2.SlaveTemplate).instantiate([type: 't3.micro']) }
         catch (IllegalArgumentException error) { problem = error.cause.message }
         print groovy.json.JsonOutput.toJson([InstanceType.fromValue('m5dn.24xlarge').name(), InstanceType.T3Micro.toString(), problem])
         null`,
    );
    expect(answer).toEqual([
        "M5dn24xlarge",
        "t3.micro",
        "No enum constant com.amazonaws.services.ec2.model.InstanceType.t3.micro",
    ]);
});

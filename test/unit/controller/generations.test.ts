import { expect, test } from "vitest";
import { stopController } from "../../../playground/controller/controller";
import { inBetween, newest, oldest } from "../../../playground/controller/generations";
import { scriptJson, start } from "./support";

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

const read = `
        print groovy.json.JsonOutput.toJson(Jenkins.get().clouds.collect {
            [it.name, it.class.simpleName, it.templates[0].type.toString()] })
        null`;

test("a home with a cloud of the oldest generation keeps it when the plugin is newer", async () => {
    const old = await start({ plugin: oldest });
    await scriptJson(old, buildAndRead);
    await stopController(old);
    const jenkins = await start({ home: old.home, plugin: newest });
    expect(jenkins.url).toBe(old.url);
    expect(await scriptJson(jenkins, read)).toEqual([["ec2-agents", "AmazonEC2Cloud", "t3.micro"]]);
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

test("a template and a rule for hot spares begin with the plugin's defaults", async () => {
    const jenkins = await start({ plugin: newest });
    const answer = await scriptJson(
        jenkins,
        `import hudson.plugins.ec2.*
         import org.jenkinsci.plugins.structs.describable.DescribableModel
         def linux = new DescribableModel(SlaveTemplate).instantiate([description: 'linux', type: 't3.micro'])
         def rule = new HotSpareConfigByLabel('linux')
         print groovy.json.JsonOutput.toJson([
             linux.hotSpareWeight, linux.gracePeriodMinutes, linux.discardAfterGracePeriod,
             rule.scalingFactor, rule.idleTimeoutMinutes, rule.discardAfterGracePeriod])
         null`,
    );
    expect(answer).toEqual([1, 0, true, 5, 15, true]);
});

test("an instance type of the AWS SDK 1 goes by its constant, not by its value", async () => {
    const jenkins = await start({ plugin: inBetween });
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

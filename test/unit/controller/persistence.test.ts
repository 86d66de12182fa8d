import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import {
    addFault,
    controllerState,
    restartController,
    type RunningController,
} from "../../../playground/controller/controller";
import { newest } from "../../../playground/controller/generations";
import { script, start } from "./support";

let jenkins: RunningController;

const configure = `
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl
import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey
import com.cloudbees.plugins.credentials.*
import com.cloudbees.plugins.credentials.domains.Domain
import hudson.plugins.ec2.*
import org.jenkinsci.plugins.structs.describable.DescribableModel
def store = SystemCredentialsProvider.instance.store
store.addCredentials(Domain.global(), new AWSCredentialsImpl(CredentialsScope.SYSTEM, 'aws', 'AKIA', 'very-secret-key', ''))
store.addCredentials(Domain.global(), new BasicSSHUserPrivateKey(CredentialsScope.SYSTEM, 'ssh', 'ubuntu',
    new BasicSSHUserPrivateKey.DirectEntryPrivateKeySource('very-private-key'), null, ''))
Jenkins.get().clouds.add(new DescribableModel(EC2Cloud).instantiate([name: 'agents', templates: [
    [description: 'linux', tenancy: 'Host', initScript: 'echo \\u0001 <&>\\r\\nend', tags: [[name: 'a', value: 'b']],
        nodeProperties: [['$class': 'EnvironmentVariablesNodeProperty', env: [[key: 'K', value: 'V']]]]],
    [description: 'windows', amiType: ['$class': 'WindowsData', password: 'windows-password']]]]))
null
`;

const read = `
import com.cloudbees.plugins.credentials.*
def cloud = Jenkins.get().clouds[0]
def (linux, windows) = [cloud.templates[0], cloud.templates[1]]
print([cloud.name, linux.parent.is(cloud), linux.initScript == 'echo \\u0001 <&>\\r\\nend', linux.tenancy.name(), linux.tags*.value,
    linux.nodeProperties[0].envVars, windows.amiType.password.plainText,
    SystemCredentialsProvider.instance.credentials*.id])
null
`;

beforeAll(async () => {
    jenkins = await start();
    await script(jenkins, configure);
});

test("everything survives a restart", async () => {
    const before = await script(jenkins, read);
    expect(before).toBe("[agents, true, true, Host, [b], [K:V], windows-password, [aws, ssh]]");
    await restartController(jenkins);
    expect(await script(jenkins, read)).toBe(before);
});

test("no secret is on disk in clear", async () => {
    const files = readdirSync(jenkins.home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const texts = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(["config.xml", "credentials.xml"]));
    for (const secret of ["very-secret-key", "very-private-key", "windows-password"]) {
        expect(texts.filter((text) => text.includes(secret))).toEqual([]);
    }
});

test("the file names the plugin, and holds runtime state that is no configuration", async () => {
    const xml = readFileSync(join(jenkins.home, "config.xml"), "utf8");
    expect(xml).toContain(`<hudson.plugins.ec2.EC2Cloud plugin="ec2@${newest}">`);
    expect(xml).toContain("<nextSubnet>");
});

describe("saves", () => {
    const savesBy = async (text: string) => {
        const before = (await controllerState(jenkins)).saves;
        await script(jenkins, `def clouds = Jenkins.get().clouds\n${text}\nnull`);
        return (await controllerState(jenkins)).saves - before;
    };

    test("replaceBy is one, also when nothing changes", async () => {
        expect(await savesBy("clouds.replaceBy(clouds.toList())")).toBe(1);
    });

    test("add and remove are one each", async () => {
        const text = "def other = clouds[0].class.newInstance('x', false, null, null, null, null, '', [], null, null)";
        expect(await savesBy(`${text}; clouds.add(other); clouds.remove(other)`)).toBe(2);
    });

    test("replace is none", async () => {
        expect(await savesBy("clouds.replace(clouds[0], clouds[0])")).toBe(0);
    });

    test("a bulk change is one", async () => {
        const text = `def bulk = new BulkChange(Jenkins.get())
            clouds.replaceBy(clouds.toList()); clouds.replaceBy(clouds.toList()); bulk.commit()`;
        expect(await savesBy(text)).toBe(1);
    });

    test("a failing one is an exception in the script, and the file stays", async () => {
        const xml = readFileSync(join(jenkins.home, "config.xml"), "utf8");
        await addFault(jenkins, { failSave: "No space left on device" });
        expect(await script(jenkins, "Jenkins.get().clouds.replaceBy([]); null")).toContain("No space left on device");
        expect(readFileSync(join(jenkins.home, "config.xml"), "utf8")).toBe(xml);
    });
});

test("the Jenkins URL is its own address, can be taken away, and stays away", async () => {
    const jenkins = await start();
    const read = `print jenkins.model.JenkinsLocationConfiguration.get().url; null`;
    expect(await script(jenkins, read)).toBe(jenkins.url);
    await script(jenkins, "jenkins.model.JenkinsLocationConfiguration.get().with { url = ''; save() }; null");
    await restartController(jenkins);
    expect(await script(jenkins, read)).toBe("null");
    expect(await script(jenkins, "print Jenkins.get().rootUrl; null")).toBe(jenkins.url);
});

import { beforeAll, expect, test } from "vitest";
import type { RunningController } from "../../../playground/controller/controller";
import { script, start } from "./support";

let jenkins: RunningController;

beforeAll(async () => {
    jenkins = await start();
});

const imports = `
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl
import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey
import com.cloudbees.plugins.credentials.*
import com.cloudbees.plugins.credentials.domains.Domain
def store = SystemCredentialsProvider.instance.store
def global = Domain.global()
def aws = { id, secret -> new AWSCredentialsImpl(CredentialsScope.SYSTEM, id, 'AKIA', secret, 'described') }
def secretOf = { id -> CredentialsMatchers.firstOrNull(CredentialsProvider.lookupCredentialsInItemGroup(
    AWSCredentialsImpl, Jenkins.get(), hudson.security.ACL.SYSTEM2, []), CredentialsMatchers.withId(id))?.secretKey?.plainText }
`;
const groovy = (text: string) => script(jenkins, `${imports}${text}\nnull`);

test("an id that exists is not added again: false, and nothing changes", async () => {
    const text = `print([store.addCredentials(global, aws('a', 'one')), store.addCredentials(global, aws('a', 'two')), secretOf('a')])`;
    expect(await groovy(text)).toBe("[true, false, one]");
});

test("an update replaces by id", async () => {
    const text = `store.addCredentials(global, aws('b', 'one'))
        print([store.updateCredentials(global, aws('b', 'whatever'), aws('b', 'two')), secretOf('b')])`;
    expect(await groovy(text)).toBe("[true, two]");
});

test("an update of what is not there changes nothing", async () => {
    expect(await groovy("print([store.updateCredentials(global, aws('c', '1'), aws('c', '2')), secretOf('c')])")).toBe(
        "[false, null]",
    );
});

test("a removal says whether there was something", async () => {
    const text = `store.addCredentials(global, aws('d', 'one'))
        print([store.removeCredentials(global, aws('d', '')), store.removeCredentials(global, aws('d', '')), secretOf('d')])`;
    expect(await groovy(text)).toBe("[true, false, null]");
});

test("two credentials are equal when their ids are, whatever they hold", async () => {
    const text = `def ssh = new BasicSSHUserPrivateKey(CredentialsScope.SYSTEM, 'e', 'ubuntu',
            new BasicSSHUserPrivateKey.DirectEntryPrivateKeySource('key'), null, '')
        print([aws('e', '1') == aws('e', '2'), aws('e', '1') == ssh, aws('e', '1') == aws('f', '1')])`;
    expect(await groovy(text)).toBe("[true, true, false]");
});

test("an SSH key is read back as it came", async () => {
    const text = `def key = new BasicSSHUserPrivateKey(CredentialsScope.SYSTEM, 'g', 'ubuntu',
            new BasicSSHUserPrivateKey.DirectEntryPrivateKeySource('-----BEGIN-----'), null, 'd')
        print([key.username, key.privateKey, key.scope, key.description])`;
    expect(await groovy(text)).toBe("[ubuntu, -----BEGIN-----, SYSTEM, d]");
});

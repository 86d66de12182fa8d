import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bench, startBench } from "./bench";

let bench: Bench;

beforeAll(async () => {
    bench = await startBench();
});
afterAll(() => bench?.stop());

const administrator = readFileSync(join(__dirname, "..", "acceptance", "administrator.groovy"), "utf8");

/**
 * Jenkins' classes that the script uses, in few lines each: the stand-in has no users with tokens. `store` is the method of
 * jenkins.security.apitoken.ApiTokenStore, with the parameters that Jenkins declares.
 */
const classes = (store: string) => [
    "package hudson.security; class FullControlOnceLoggedInAuthorizationStrategy { boolean allowAnonymousRead = true }",
    `package hudson.security; class User {
        def property; def saved
        def getProperty(Class kind) { property }
        void addProperty(added) { property = added }
        void save() { saved = property.tokenStore.given.clone() }
    }`,
    `package hudson.security; class HudsonPrivateSecurityRealm {
        def users = [:]
        HudsonPrivateSecurityRealm(boolean allowsSignup) {}
        User createAccount(String name, String password) { users[name] = new User() }
    }`,
    `package jenkins.security; class ApiTokenStore { def given = []; ${store} }`,
    "package jenkins.security; class ApiTokenProperty { def tokenStore = new ApiTokenStore() }",
    `package jenkins.model; class Jenkins {
        static instance = new Jenkins(); static Jenkins get() { instance }
        def securityRealm; def authorizationStrategy; int numExecutors = 2; void save() {}
    }`,
    `package jenkins.model; class JenkinsLocationConfiguration {
        static instance = new JenkinsLocationConfiguration(); static get() { instance }
        String url; void save() {}
    }`,
];

const script = (store: string) => `
class WithoutJenkins extends ClassLoader {
    WithoutJenkins(ClassLoader parent) { super(parent) }
    protected Class loadClass(String name, boolean resolve) {
        if (name ==~ /(hudson|jenkins)\\..*/) throw new ClassNotFoundException(name)
        super.loadClass(name, resolve)
    }
}
def decoded = { new String(it.decodeBase64(), 'UTF-8') }
def loader = new GroovyClassLoader(new WithoutJenkins(GroovyShell.classLoader))
${JSON.stringify(classes(store).map(base64))}.each { loader.parseClass(decoded(it)) }
new GroovyShell(loader).evaluate(decoded('${base64(administrator)}'))
def jenkins = loader.loadClass('jenkins.model.Jenkins').get()
print groovy.json.JsonOutput.toJson([
    saved: jenkins.securityRealm.users.admin.saved,
    anonymousRead: jenkins.authorizationStrategy.allowAnonymousRead,
    executors: jenkins.numExecutors,
])
`;

const base64 = (text: string) => Buffer.from(text).toString("base64");

// The value is null: the stand-in's process has no JENKINS_TOKEN.
test.each([
    {
        form: "without an end",
        store: "String addFixedNewToken(String name, String value) { given << [name, value] }",
        given: ["acceptance", null],
    },
    {
        form: "with an end, from Jenkins 2.555 on",
        store: "String addFixedNewToken(String name, String value, java.time.LocalDate end) { given << [name, value, end] }",
        given: ["acceptance", null, null],
    },
])("a fresh Jenkins gets its administrator with a token $form", async ({ store, given }) => {
    expect(JSON.parse(await bench.script(script(store)))).toEqual({
        saved: [given],
        anonymousRead: false,
        executors: 0,
    });
});

import { alternatives, isCapped, laterAlternatives, others } from "../conditions";
import type { Fault } from "../fault";

/** How many instances are started, and of which template. */
export const launchingFaults: readonly Fault[] = [
    {
        id: "minimum-check-overlaunch",
        of: "template",
        last: 2034,
        severity: "error-without-cap",
        setting: "cap",
        with: "any template",
        happens:
            "every ten minutes, and from 2012 on whenever an agent's uses run out, an instance is started on each template for each build that waits for it, though no minimum is set",
        remedy: "give clouds and templates low caps",
        link: "https://issues.jenkins.io/browse/JENKINS-76171",
        meets: () => true,
    },
    {
        id: "multi-executor-overshoot",
        of: "template",
        last: 2045,
        severity: "warning",
        setting: "executors",
        with: "`executors` over 1 on a template that a later one has a label in common with",
        happens:
            "a demand that is no multiple of the executors starts an instance on every later template with the label as well",
        remedy: "set executors to 1",
        meets: (template, cloud) => template.executors > 1 && laterAlternatives(template, cloud).length > 0,
    },
    {
        id: "only-first-template",
        of: "template",
        first: 2048,
        last: 2051,
        severity: "warning",
        setting: "labels",
        with: "templates that have a label in common (also those of a list of instance types)",
        happens: "only the first template with a label is tried: at its cap, builds wait although others could start",
        remedy: "give each template a label of its own",
        link: "https://github.com/jenkinsci/ec2-plugin/issues/2005",
        meets: (template, cloud) => alternatives(template, cloud).length > 0,
    },
    {
        id: "error-no-fallthrough",
        of: "template",
        first: 2048,
        severity: "warning",
        setting: "labels",
        with: "templates that have a label in common (also those of a list of instance types)",
        happens:
            "after an error of AWS, a lack of capacity among them, the next template is not tried; the next attempt begins with the first one again. Work for releases after 2059 mends it",
        remedy: "let builds ask for other labels, or silence it where waiting for capacity is meant",
        link: "https://github.com/jenkinsci/ec2-plugin/issues/2033",
        meets: (template, cloud) => alternatives(template, cloud).length > 0,
    },
    {
        id: "stale-cap-starves",
        of: "template",
        first: 2048,
        severity: "warning",
        setting: "cap",
        with: "`cap` of several templates of a cloud",
        happens:
            "while one template stays at its cap, another that is asked after it stays 'at its cap' although it has room again: the count is kept as long as the first one is asked",
        remedy: "start Jenkins with -Djenkins.ec2.instanceCountCacheTtlMs=0",
        meets: (template, cloud) =>
            template.cap !== undefined && others(template, cloud).some(({ cap }) => cap !== undefined),
    },
    {
        id: "cap-race",
        of: "template",
        first: 2048,
        severity: "warning",
        setting: "cap",
        with: "`cap` of a template or a cloud",
        happens:
            "instances are counted once in 30 seconds, so that demands at the same time start more than the cap allows. Work for releases after 2059 mends it",
        remedy: "start Jenkins with -Djenkins.ec2.instanceCountCacheTtlMs=0",
        link: "https://github.com/jenkinsci/ec2-plugin/issues/2030",
        meets: isCapped,
    },
    {
        id: "tag-override",
        of: "template",
        severity: "error",
        setting: "tags",
        with: "a tag `jenkins_slave_type` or `jenkins_server_url`",
        happens:
            "the plugin finds its instances by these tags: with the first in other words the template's cap counts none of them, with the second no cap does",
        remedy: "take the tag away",
        meets: ({ tags }) => "jenkins_slave_type" in tags || "jenkins_server_url" in tags,
    },
    {
        id: "capacity-stall",
        of: "template",
        severity: "note",
        setting: "",
        with: "any template",
        happens:
            "a request that AWS answers with a 5xx is repeated 16 times under the lock of the count, and the whole cloud waits; from 2012 to 2045 also when a build starts",
        remedy: "wait, and look at the controller's log",
        link: "https://github.com/jenkinsci/ec2-plugin/issues/1993",
        meets: () => true,
    },
    {
        id: "no-jenkins-url",
        of: "controller",
        severity: "warning",
        with: "no Jenkins URL on the controller (Manage Jenkins, System)",
        happens:
            "caps do not count the controller's own instances, but those of other controllers without a URL, and their orphans may be taken over",
        remedy: "set the Jenkins URL under Manage Jenkins, System",
        meets: ({ hasUrl }) => !hasUrl,
    },
    {
        id: "null-count-map",
        of: "other",
        first: 2048,
        last: 2048,
        severity: "warning",
        with: "a cloud that Jenkins has read from the config.xml of an older release",
        happens: "nothing is started until the cloud has been built anew",
        remedy: "a push that changes the cloud builds it anew",
        link: "https://github.com/jenkinsci/ec2-plugin/issues/2002",
    },
];

/*
 * What is on the controller, and what of the wanted clouds can never be put in place there. Changes nothing. Needs
 * compare, known.
 *
 * Each wanted cloud comes with `adopt`. Without any the script does without the plugin.
 */

Map perform(Map request) {
    return [
        instance: jenkins.model.Jenkins.get().legacyInstanceId, // the same wherever it is reached
        hasUrl: jenkins.model.JenkinsLocationConfiguration.get().url as boolean,
        quietingDown: jenkins.model.Jenkins.get().quietingDown,
        clouds: clouds().findAll { isEc2(it) }.collect { [
            name: namesOf(it).first(),
            templates: (it.templates ?: []).collect { template -> read(template, 'description') ?: '' },
            securityGroups: securityGroups(it),
            agents: agentsOf(it).collect { agent -> [name: agent.name, template: agent.node.templateDescription ?: '', busy: isBusy(agent)] },
        ] },
        wanted: request.wanted.collect { verdict(it.cloud, it.adopt) },
    ]
}

Map verdict(Map cloud, boolean adopt) {
    List problems = []
    List reasons = []
    List changed = []
    List unknown = leaveOutUnknown(cloud)
    [
        { refuse('credentials-missing', credentialProblems(cloud)) },
        { changed = changedTemplates(ownLiveCloud(cloud), builtCloud(cloud), cloud, unknown) },
        { reasons = adopt ? [] : foreign([cloud: cloud], ownLiveCloud(cloud)) },
    ].each { step ->
        try {
            step()
        } catch (Refusal refusal) {
            problems.addAll(refusal.problems)
        }
    }
    if (problems.empty && reasons) {
        Map state = examined([cloud: cloud])
        reasons = takeoverProblems([cloud: cloud], state + [differences: knownDifferences(state.differences, unknown)])
    }
    return [problems: problems, foreign: reasons, changed: changed]
}

/** Descriptions of live templates that differ in what is known already; the empty one stands for the cloud itself. */
List<String> changedTemplates(Object live, Object wanted, Map cloud, List unknown) {
    if (live == null || !isOurCloud(live, cloud)) {
        return []
    }
    return knownDifferences(cloudDifferences(live, wanted, cloud), unknown).findAll { it.existed && it.wanted != false && !isUnknown(it) }*.id.unique()
}

/** Ids or names of the security groups of a cloud's templates. The plugin reads them back as one text. */
List<String> securityGroups(Object cloud) {
    List lists = (cloud.templates ?: []).collect { read(it, 'securityGroups') }
    return lists.collectMany { (it ?: '').toString().split(/[\s,\[\]]+/).toList() }.findAll { it }.unique()
}

/*
 * What is on the controller, and what of the wanted clouds can never be put in place there. Changes nothing. Needs
 * compare, known.
 *
 * Each wanted cloud comes with `adopt`. Without any the script does without the plugin.
 */

Map perform(Map request) {
    return [
        hasUrl: jenkins.model.JenkinsLocationConfiguration.get().url as boolean,
        clouds: clouds().findAll { isEc2(it) }.collect { [
            name: namesOf(it).first(),
            templates: (it.templates ?: []).collect { template -> read(template, 'description') ?: '' },
        ] },
        wanted: request.wanted.collect { verdict(it.cloud, it.adopt) },
    ]
}

Map verdict(Map cloud, boolean adopt) {
    List problems = []
    List reasons = []
    leaveOutUnknown(cloud)
    [
        { refuse(credentialProblems(cloud)) },
        { builtCloud(cloud) },
        { reasons = adopt ? [] : foreign([cloud: cloud], ownLiveCloud(cloud)) },
    ].each { step ->
        try {
            step()
        } catch (Refusal refusal) {
            problems.addAll(refusal.problems)
        }
    }
    return [problems: problems, foreign: reasons]
}

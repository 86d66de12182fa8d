/*
 * Puts the wanted cloud and credentials in place, all or nothing. Needs compare.
 *
 * Steps, each one request:
 *   prepare  builds and compares; where credentials differ, adds them under ids of their own to be tested
 *   swap     builds and compares again, under the lock; then credentials, then the cloud with one save; removes the staged
 *   unstage  removes the staged credentials after a failed test: what is live was never touched
 * Each may be repeated: a second swap finds nothing that differs.
 */

Map perform(Map request) {
    synchronized (lock()) {
        if (request.step == 'unstage') {
            unstage(request)
            return [:]
        }
        Map state = examined(request)
        refuseForeign(request, state)
        refuseLeaving(request, state)
        return request.step == 'prepare' ? prepared(request, state) : swapped(request, state)
    }
}

void refuseForeign(Map request, Map state) {
    refuse(request.policy.adopt ? [] : takeoverProblems(request, state))
}

/** Agents in a security group that Pulumi deletes after this push, with its rules: they would lose the network, and the group could not go. */
void refuseLeaving(Map request, Map state) {
    if (request.leaving && state.live != null) {
        refuse(agentsOf(state.live).collect {
            "agent \"${it.name}\" is in the security group ${request.leaving}, which this change replaces and Pulumi then deletes: wait until it has ended, or end it in Jenkins, and run pulumi up again".toString()
        })
    }
}

Map outcome(Map request, Map state, boolean changed) {
    return [
        changed: changed,
        cloudType: cloudType().name,
        templates: state.wanted.templates.collect { read(it, 'description') },
        differences: shownDifferences(state.differences, request.cloud),
        notes: agentNotes(state.live, state.wanted),
    ]
}

Map prepared(Map request, Map state) {
    Map cloud = request.cloud
    stagedOf(cloud, (System.currentTimeMillis() / 1000 as long) - 3600).each { dropCredential(it) }
    Map test = cloud.parameters.subMap(['credentialsId', 'sshKeysCredentialsId'])
    List changed = state.differences.findAll { it.subject == 'credential' }*.id.unique()
    cloud.credentials.findAll { it.id in changed && it.kind != 'mark' }.each { wanted ->
        String id = "${wanted.id}-${request.stage}"
        putCredential(newCredential(wanted + [id: id, description: wanted.description + stagedSuffix()]))
        test = test.collectEntries { name, value -> [(name): value == wanted.id ? id : value] }
    }
    return outcome(request, state, !state.differences.empty) + [test: test]
}

void unstage(Map request) {
    request.cloud.credentials.each { dropCredential("${it.id}-${request.stage}") }
}

Map swapped(Map request, Map state) {
    if (!state.differences.empty) {
        change(request, state)
    }
    unstage(request)
    return outcome(request, state, !state.differences.empty)
}

/** The change itself. On any failure the credentials and clouds that were there are put back and looked at again. */
void change(Map request, Map state) {
    List unwanted = state.differences.findAll { it.subject == 'credential' && it.wanted == false }*.id
    Map oldCredentials = (request.cloud.credentials*.id + unwanted).collectEntries { [(it): liveCredential(it)] }
    List oldClouds = clouds()
    try {
        List changed = state.differences.findAll { it.subject == 'credential' }*.id.unique()
        request.cloud.credentials.findAll { it.id in changed }.each { putCredential(newCredential(it)) }
        if (state.differences.any { it.subject != 'credential' }) {
            jenkins.model.Jenkins.get().clouds.replaceBy(withCloud(oldClouds, request.cloud, state.live, state.wanted))
        }
        unwanted.each { dropCredential(it) }
    } catch (Exception | LinkageError failure) {
        List unrestored = restore(oldCredentials, oldClouds)
        String after = unrestored ? "and what was there before could NOT be put back: ${unrestored.join('; ')}" : 'what was there before is in place again'
        throw new Refusal(["the change failed (${explain(failure)}); ${after}".toString()])
    }
}

/** Puts back what was there; answers what could not be. A save that fails leaves memory right: it is written with the next save. */
List<String> restore(Map oldCredentials, List oldClouds) {
    List failures = []
    Closure attempt = { String what, Closure step ->
        try {
            step()
        } catch (Exception | LinkageError failure) {
            failures << "${what}: ${explain(failure)}".toString()
        }
    }
    oldCredentials.each { id, old ->
        if (plainCredential(liveCredential(id)) != plainCredential(old)) {
            attempt("credentials ${id}") { old == null ? dropCredential(id) : putCredential(old) }
        }
    }
    boolean moved = clouds().size() != oldClouds.size() || [clouds(), oldClouds].transpose().any { !it[0].is(it[1]) }
    if (moved) {
        attempt('clouds') { jenkins.model.Jenkins.get().clouds.replaceBy(oldClouds) }
    }
    return failures
}

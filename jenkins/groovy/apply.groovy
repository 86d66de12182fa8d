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
            refuse('change-failed', unstaged(request))
            return [:]
        }
        Map state = examined(request)
        refuseForeign(request, state)
        refuseLeaving(request, state)
        return request.step == 'prepare' ? prepared(request, state) : swapped(request, state)
    }
}

void refuseForeign(Map request, Map state) {
    refuse('cloud-of-somebody-else', request.policy.adopt ? [] : takeoverProblems(request, state))
}

/** Agents in a security group that Pulumi deletes after this push, with its rules: they would lose the network, and the group could not go. */
void refuseLeaving(Map request, Map state) {
    if (request.leaving && state.live != null) {
        refuse('agents-in-replaced-group', agentsOf(state.live).collect {
            "agent \"${it.name}\" is in the security group ${request.leaving}, which this change replaces and Pulumi then deletes: wait until it has ended, or end it in Jenkins, and run pulumi up again".toString()
        })
    }
}

Map outcome(Map request, Map state, boolean changed) {
    return [
        changed: changed,
        cloudType: cloudType().name,
        templates: state.wanted.templates.collect { read(it, 'description') },
        differences: shownDifferences(state.differences.findAll { it.subject != 'template' }, secretParameters(request.cloud)), // a thousand new templates are fifty thousand
        notes: agentNotes(state.live, state.wanted),
    ]
}

Map prepared(Map request, Map state) {
    Map cloud = request.cloud
    stagedOf(cloud).each { dropCredential(it) } // of pushes that died; one that lives is refused its swap, as a later one is here
    Map test = cloud.parameters.subMap(['credentialsId', 'sshKeysCredentialsId'])
    List changed = state.differences.findAll { it.subject == 'credential' }*.id.unique()
    wholly({
        cloud.credentials.findAll { it.id in changed && it.kind != 'mark' }.each { wanted ->
            String id = "${wanted.id}-${request.stage}"
            putCredential(newCredential(wanted + [id: id, description: wanted.description + stagedSuffix()]))
            test = test.collectEntries { name, value -> [(name): value == wanted.id ? id : value] }
        }
    }) { unstaged(request) }
    return outcome(request, state, !state.differences.empty) + [test: test]
}

/** Takes the staged credentials away; answers what could not be written. They are out of use and of memory all the same. */
List<String> unstaged(Map request) {
    List failures = []
    request.cloud.credentials.each { wanted ->
        attempt(failures, "credentials ${wanted.id}-${request.stage}") { dropCredential("${wanted.id}-${request.stage}") }
    }
    return failures
}

Map swapped(Map request, Map state) {
    if (!state.differences.empty) {
        refuseSuperseded(request, state)
        change(request, state)
    }
    List notes = unstaged(request).collect { "not taken from the controller's disk until its next save: ${it}".toString() }
    Map done = outcome(request, state, !state.differences.empty)
    return done + [notes: done.notes + notes]
}

/**
 * A push whose engine was killed goes on, beside the next push or removal, which takes its staged credentials away: what it was
 * to put in place is not what is wanted any more.
 */
void refuseSuperseded(Map request, Map state) {
    List changed = state.differences.findAll { it.subject == 'credential' && it.wanted != false }*.id.unique()
    List staged = request.cloud.credentials.findAll { it.id in changed && it.kind != 'mark' }.collect { "${it.id}-${request.stage}".toString() }
    if (request.staged && staged.any { liveCredential(it) == null }) {
        refuse('changed-meanwhile', ["the credentials of cloud \"${request.cloud.name}\" have changed since this push tested its own, by another push, a removal or a person: run pulumi up again".toString()])
    }
}

/** The change itself. On any failure the credentials and the cloud that were there are restored and looked at again. */
void change(Map request, Map state) {
    List unwanted = state.differences.findAll { it.subject == 'credential' && it.wanted == false }*.id
    Map oldCredentials = (request.cloud.credentials*.id + unwanted).collectEntries { [(it): liveCredential(it)] }
    int place = clouds().findIndexOf { it.is(state.live) }
    try {
        List changed = state.differences.findAll { it.subject == 'credential' }*.id.unique()
        request.cloud.credentials.findAll { it.id in changed }.each { putCredential(newCredential(it)) }
        if (state.differences.any { it.subject != 'credential' }) {
            refuseOvertaken(request, state)
            // The clouds as they are now: a person may have saved others meanwhile, who knows no lock of ours.
            jenkins.model.Jenkins.get().clouds.replaceBy(withCloud(clouds(), request.cloud, state.live, state.wanted))
        }
        unwanted.each { dropCredential(it) }
    } catch (Exception | LinkageError failure) {
        List failures = restore(oldCredentials, state, place)
        if (failure instanceof Refusal && failures.empty) {
            throw failure
        }
        throw new Refusal('change-failed', ["the change failed (${explain(failure)}); ${afterwards(oldCredentials, state, failures)}".toString()])
    }
}

/** A cloud that a person has saved since it was compared is theirs, until it was compared again. */
void refuseOvertaken(Map request, Map state) {
    Object now = ownLiveCloud(request.cloud)
    if (state.live == null ? now != null : !state.live.is(now)) {
        refuse('changed-meanwhile', ["the cloud \"${request.cloud.name}\" was changed in Jenkins by someone else at this very moment: run pulumi up again".toString()])
    }
}

/** Restores what was there, and nothing else; answers what failed of that. A save that fails leaves memory right. */
List<String> restore(Map oldCredentials, Map state, int place) {
    List failures = []
    oldCredentials.each { id, old ->
        if (plainCredential(liveCredential(id)) != plainCredential(old)) {
            attempt(failures, "credentials ${id}") { old == null ? dropCredential(id) : putCredential(old) }
        }
    }
    if (clouds().any { it.is(state.wanted) }) {
        List others = clouds().findAll { !it.is(state.wanted) }
        List before = state.live == null ? others : others.take(place) + [state.live] + others.drop(place)
        attempt(failures, 'clouds') { jenkins.model.Jenkins.get().clouds.replaceBy(before) }
    }
    return failures
}

String afterwards(Map oldCredentials, Map state, List failures) {
    if (failures.empty) {
        return 'what was there before is in place again'
    }
    boolean back = !clouds().any { it.is(state.wanted) } && oldCredentials.every { id, old -> plainCredential(liveCredential(id)) == plainCredential(old) }
    return back
        ? "what was there before is in place again, but not on the controller's disk (${failures.join('; ')}): make room there, and run pulumi up again before Jenkins restarts"
        : "and what was there before could NOT be put back: ${failures.join('; ')}"
}

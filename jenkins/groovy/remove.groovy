/*
 * Takes the cloud and this push's credentials away. Needs compare.
 *
 * Asked again and again until it says `removed`: agents go first, through the plugin, which needs the cloud to end
 * their instances. `last` is the final request after waiting: what still hinders is then an error.
 */

Map perform(Map request) {
    synchronized (lock()) {
        Object live = ownLiveCloud(request.cloud)
        if (live == null) {
            return removed(request, null, [])
        }
        if (!isThisPushs(live, request.cloud)) {
            String marks = credentialsOf(live).collect { "\"${it.description ?: ''}\"" }.unique().join(', ') ?: 'none'
            return [removed: true, leftAlone: true, notes: ["cloud \"${request.cloud.name}\" is not this push's any more (its credentials: ${marks}): left alone".toString()]]
        }
        List agents = agentsOf(live)
        List busy = agents.findAll { isBusy(it) }
        return busy.empty || request.policy.busyAgents == 'force' ? cleared(request, live, agents, busy) : held(request, live, agents, busy)
    }
}

/**
 * Not only of this stack: of this push. After a renaming of the controller's or the cloud's id, Pulumi first applies the
 * same cloud under the new id and then removes the old one, which must not take what the new one stands for.
 */
boolean isThisPushs(Object live, Map cloud) {
    return cloud.credentials.empty ? isOurCloud(live, cloud) : credentialsOf(live).any { bearsMark(it, cloud) }
}

/** No agent is busy, or that does not matter: ends the agents, and when none is left removes the cloud. */
Map cleared(Map request, Object live, List agents, List busy) {
    List notes = busy.collect { "agent \"${it.name}\" is ended with its build running (busyAgents: force)".toString() }
    if (agents.empty || (request.last && request.policy.busyAgents == 'force')) {
        return removed(request, live, notes + agents.collect { "agent \"${it.name}\" did not end: look after its instance ${it.node.instanceId}".toString() })
    }
    if (request.last) {
        resume(request, live, agents)
        refuse(agents.collect { "agent \"${it.name}\" did not end in time: terminate instance ${it.node.instanceId} by hand, or set busyAgents: force".toString() })
    }
    stopProvisioning(request, live)
    agents.each {
        it.acceptingTasks = false
        it.node.terminate()
    }
    Object still = ownLiveCloud(request.cloud)
    List left = agentsOf(still)
    return left.empty ? removed(request, still, notes) : [removed: false, ending: left*.name, busy: [], notes: notes]
}

/** Some are busy. By default nothing happens; `drain` takes no new builds and ends the idle ones. */
Map held(Map request, Object live, List agents, List busy) {
    if (request.policy.busyAgents != 'drain' || request.last) {
        if (request.policy.busyAgents == 'drain') {
            resume(request, live, agents)
        }
        String remedy = request.policy.busyAgents == 'drain' ? 'wait, or raise drainMinutes' : 'wait, or set busyAgents: drain'
        refuse(busy.collect { "agent \"${it.name}\" is busy".toString() } + ["cloud \"${request.cloud.name}\" was not removed: ${remedy}; busyAgents: force cuts the builds".toString()])
    }
    stopProvisioning(request, live)
    agents.each { it.acceptingTasks = false }
    agents.findAll { !isBusy(it) }.each { it.node.terminate() }
    return [removed: false, ending: (agents - busy)*.name, busy: busy*.name, notes: []]
}

/** Starts no more agents: the same cloud with a cap of 0. Where this plugin cannot build it, the live one stays. */
void stopProvisioning(Map request, Object live) {
    if (live.instanceCap != 0) {
        replaceCap(request, live, '0')
    }
}

/** After a removal that did not happen: the cap and the agents as they were. */
void resume(Map request, Object live, List agents) {
    if (live.instanceCap == 0) {
        replaceCap(request, live, request.cloud.parameters.instanceCapStr)
    }
    agents.each { it.acceptingTasks = true }
}

void replaceCap(Map request, Object live, String cap) {
    Map parameters = request.cloud.parameters + [instanceCapStr: cap ?: '']
    List problems = []
    Map adapted = adaptedCloud(request.cloud + [parameters: parameters], [:], [])
    Object capped = built(cloudType(), adapted + [templates: live.templates.toList()], 'the cloud', problems)
    if (capped != null && problems.empty) {
        jenkins.model.Jenkins.get().clouds.replaceBy(clouds().collect { it.is(live) ? capped : it })
    }
}

/** Removes cloud and credentials, and of the credentials only those that bear this push's mark and that no other cloud names. */
Map removed(Map request, Object live, List notes) {
    if (live != null) {
        jenkins.model.Jenkins.get().clouds.replaceBy(clouds().findAll { !it.is(live) })
    }
    if (!hasCredentials()) {
        return [removed: true, notes: notes] // The plugin is gone, and its store with it.
    }
    List used = clouds().findAll { isEc2(it) }.collectMany { [it.credentialsId, it.sshKeysCredentialsId] }
    List ids = request.cloud.credentials*.id + stagedOf(request.cloud, Long.MAX_VALUE)
    ids.each { id ->
        Object found = liveCredential(id)
        if (found != null && !bearsMark(found, request.cloud)) {
            notes << "credentials \"${id}\" are not this push's any more: left alone".toString()
        } else if (found != null && id in used) {
            notes << "credentials \"${id}\" are used by another cloud: left alone".toString()
        } else {
            dropCredential(id)
        }
    }
    return [removed: true, notes: notes]
}

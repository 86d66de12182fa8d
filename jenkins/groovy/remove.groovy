/*
 * Removes the cloud and this push's credentials. Needs compare, sdk.
 *
 * The push repeats the request until the answer is `removed`. Agents go first, through the plugin, which needs the cloud to end
 * their instances. The cloud goes only by a request with `isClear` that finds no agent: EC2 has no instance of it any more. `last` names
 * what the push no longer waits for, so that it is an error now: `busy` (builds still run) or `ending` (idle agents or instances still
 * exist). `accepting` is that of the answer before: the agents that took builds at the beginning. With `readOnly` it changes nothing, and
 * answers which agents and instances a removal would end.
 */

Map perform(Map request) {
    if (request.readOnly) {
        return looked(request)
    }
    synchronized (lock()) {
        Object live = ownLiveCloud(request.cloud)
        if (live != null && !isThisPushs(live, request.cloud)) {
            String marks = credentialsOf(live).collect { "\"${it.description ?: ''}\"" }.unique().join(', ') ?: 'none'
            return [removed: true, leftAlone: true, notes: ["cloud \"${request.cloud.name}\" is not this push's any more (its credentials: ${marks}): left alone".toString()]]
        }
        List agents = live == null ? [] : agentsOf(live)
        List builds = agents.findAll { isBusy(it) }
        if (builds && request.policy.busyAgents == 'refuse') {
            refuseBusy(request, live, agents, builds)
        }
        if (agents) {
            return ended(request, live)
        }
        if (live != null && request.last) {
            resume(request, live, [])
        }
        return request.isClear ? removed(request, live, []) : [removed: false, notes: []]
    }
}

/** Not under the lock: EC2 may take its time. */
Map looked(Map request) {
    Object live = ownLiveCloud(request.cloud)
    boolean isThere = live != null && isThisPushs(live, request.cloud)
    List agents = isThere ? agentsOf(live).collect { [name: it.name, instance: instanceOf(it.node)] } : []
    Map found = isThere ? instancesInEc2(live, request, agents) : [:]
    return [isForeign: live != null && !isThere, cloudType: cloudType().name, agents: agents] + found
}

/** The field: the getter of a Spot agent asks EC2 (EC2SpotSlave.getInstanceId). */
String instanceOf(Object node) { return ParameterReader.fieldOf(node.class, 'instanceId')?.get(node) ?: '' }

/**
 * The instances that have not ended: those with the tag of this controller, and those that its agents have or had. Where EC2 refuses to
 * answer, why; nothing where this release of the plugin cannot be asked.
 */
Map instancesInEc2(Object live, Map request, List agents) {
    try {
        Object ec2 = live.connect()
        if (!hasSdk2(ec2)) {
            return [:]
        }
        List ids = (request.instances + agents*.instance).findAll { it }.unique()
        List found = described(ec2, filterOf("tag:${request.tag.name}", [request.tag.value]))
        found += ids ? described(ec2, filterOf('instance-id', ids)) : []
        return [instances: found.unique { it.id }, refusal: agents.empty && found ? refusalToEnd(ec2, found*.id) : '']
    } catch (Exception failure) {
        return [problem: refusalOf(failure).message]
    }
}

List described(Object ec2, Object filter) {
    Object alive = filterOf('instance-state-name', ['pending', 'running', 'stopping', 'stopped'])
    Object asked = builderOf('DescribeInstancesRequest').filters([filter, alive]).build()
    return ec2.describeInstances(asked).reservations()*.instances().flatten().collect { instance ->
        Map tags = instance.tags().collectEntries { [(it.key()): it.value()] }
        [id: instance.instanceId(), cloud: tags.jenkins_cloud_name ?: '', template: tags.jenkins_slave_type ?: '']
    }
}

/** Why EC2 would not end these instances: by a dry run, which ends none. Empty where it would. */
String refusalToEnd(Object ec2, List ids) {
    try {
        ec2.terminateInstances(builderOf('TerminateInstancesRequest').dryRun(true).instanceIds(ids.unique()).build())
        return ''
    } catch (Exception failure) {
        Map refusal = refusalOf(failure)
        return refusal.code == 'DryRunOperation' ? '' : "${refusal.code}: ${refusal.message}".toString()
    }
}

/**
 * Not only of this stack: of this push. After a renaming of the controller's or the cloud's id, Pulumi first applies the
 * same cloud under the new id and then removes the old one, which must not take what the new one stands for.
 */
boolean isThisPushs(Object live, Map cloud) { return credentialsOf(live).any { bearsMark(it, cloud) } }

/**
 * Ends the agents that may be ended. Which are busy is asked only after none
 * takes a build any more: one that takes its build before that would be cut.
 */
Map ended(Map request, Object live) {
    stopProvisioning(request, live)
    List agents = agentsOf(live)
    request.accepting = (request.accepting ?: []) + agents.findAll { it.acceptingTasks }*.name
    agents.each { it.acceptingTasks = false }
    List busy = agents.findAll { isBusy(it) }
    if (request.policy.busyAgents == 'force') {
        return forced(request, agents, busy)
    }
    if (busy && (request.policy.busyAgents == 'refuse' || request.last == 'busy')) {
        refuseBusy(request, ownLiveCloud(request.cloud), agents, busy)
    }
    if (busy.empty && request.last == 'ending') {
        resume(request, ownLiveCloud(request.cloud), agents)
        refuse('agents-do-not-end', agents.collect { "agent \"${it.name}\" did not end in time: terminate instance ${it.node.instanceId} by hand, or set busyAgents: force".toString() })
    }
    return terminated(request, agents - busy, [])
}

Map forced(Map request, List agents, List busy) {
    List notes = busy.collect { "agent \"${it.name}\" is ended with its build running (busyAgents: force)".toString() }
    if (request.last) {
        return removed(request, ownLiveCloud(request.cloud), notes + agents.collect { "agent \"${it.name}\" did not end: look after its instance ${it.node.instanceId}".toString() })
    }
    return terminated(request, agents, notes)
}

/** Ends these agents; what is left then is either ending or, not being one of them, busy. */
Map terminated(Map request, List agents, List notes) {
    List names = agents*.name
    agents.each { it.node.terminate() }
    List left = agentsOf(ownLiveCloud(request.cloud))*.name
    return [removed: false, ending: left.findAll { it in names }, busy: left - names, accepting: request.accepting, notes: notes]
}

void refuseBusy(Map request, Object live, List agents, List busy) {
    resume(request, live, agents)
    String remedy = request.policy.busyAgents == 'drain' ? 'wait, or raise drainMinutes' : 'wait, or set busyAgents: drain'
    refuse('agents-are-busy', busy.collect { "agent \"${it.name}\" is busy".toString() } + ["cloud \"${request.cloud.name}\" was not removed: ${remedy}; busyAgents: force cuts the builds".toString()])
}

/** Starts no more agents: the same cloud with a cap of 0. Where this plugin cannot build it, the live one stays. */
void stopProvisioning(Map request, Object live) {
    if (live.instanceCap != 0) {
        replaceCap(request, live, '0')
    }
}

/** After a removal that did not happen: the cap as this stack has it, and the agents as they were. */
void resume(Map request, Object live, List agents) {
    if (live.instanceCap == 0) {
        replaceCap(request, live, request.cloud.parameters.instanceCapStr)
    }
    agents.findAll { it.name in request.accepting }.each { it.acceptingTasks = true }
}

void replaceCap(Map request, Object live, String cap) {
    Map parameters = request.cloud.parameters + [instanceCapStr: cap ?: '']
    List problems = []
    Map adapted = adaptedCloud(request.cloud + [parameters: parameters], [])
    Object capped = built(cloudType(), adapted + [templates: live.templates.toList()], '', problems)
    if (capped != null && problems.empty) {
        replaceClouds(clouds().collect { it.is(live) ? capped : it })
    }
}

/** Removes cloud and credentials, and of the credentials only those that bear this push's mark and that no other cloud names. */
Map removed(Map request, Object live, List notes) {
    if (live != null) {
        replaceClouds(clouds().findAll { !it.is(live) })
    }
    if (!hasCredentials()) {
        return [removed: true, notes: notes] // The plugin is gone, and its store with it.
    }
    List used = clouds().findAll { isEc2(it) }.collectMany { [it.credentialsId, it.sshKeysCredentialsId] }
    List ids = request.cloud.credentials*.id + stagedOf(request.cloud)
    ids += leftovers(request.cloud, null).findAll { bearsMark(liveCredential(it), request.cloud) }
    ids.each { id ->
        Object found = liveCredential(id)
        if (found != null && !bearsMark(found, request.cloud)) {
            notes << "credentials \"${id}\" are not this push's any more: left alone".toString()
        } else if (found != null && id in used) {
            notes << "credentials \"${id}\" are used by another cloud: left alone".toString()
        } else if (found != null) {
            wholly({ dropCredential(id) }) { putCredential(found) }
        }
    }
    return [removed: true, notes: notes]
}

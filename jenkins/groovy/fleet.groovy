/*
 * What the controller's EC2 clouds are at: their templates and agents, and the builds that wait. Changes nothing, and asks
 * nothing of AWS. Needs clouds, permanent.
 */

Map perform(Map request) {
    Map<String, String> names = [:]
    clouds().findAll { isEc2(it) }.each { cloud -> namesOf(cloud).each { names[it] = namesOf(cloud).first() } }
    long now = System.currentTimeMillis()
    List waiting = jenkins.model.Jenkins.get().queue.items.findAll { it.buildable }.sort { it.inQueueSince } // all but an executor is there
    List switched = permanentAgents().findAll { switchedOff(it) != null }
    return [
        hasUrl: jenkins.model.JenkinsLocationConfiguration.get().url as boolean,
        clouds: clouds().findAll { isEc2(it) }.collect { [name: namesOf(it).first(), templates: (it.templates ?: []).collect { offered(it) }] },
        agents: jenkins.model.Jenkins.get().computers.findAll { it.node != null && hasCloudName(it.node) }.collect { agent(it, names) },
        waiting: waiting.take(500).collect { [
            name: text(it.task.fullDisplayName),
            url: text(it.task.url),
            label: text(it.assignedLabel?.name),
            seconds: ((now - it.inQueueSince).intdiv(1000)) as String,
        ] },
        waitingInAll: waiting.size() as String,
        switchedOff: switched.collect { node -> [name: node.nodeName] + switchedOff(node) },
        stranded: waiting.count { isStranded(it.assignedLabel, switched) } as String,
    ]
}

/** Whether a build waits that nothing could take but agents that switch took offline. */
boolean isStranded(Object label, List switched) {
    Closure takes = { node -> label == null ? node.mode.name() == 'NORMAL' : label.matches(node.assignedLabels) }
    List others = jenkins.model.Jenkins.get().nodes - switched + otherNodes()
    return switched.any(takes) && !others.any(takes) && !isCloudFor(label)
}

Map offered(Object template) {
    return [description: text(read(template, 'description')), labels: text(read(template, 'labelString')), stops: read(template, 'stopOnTerminate') as boolean]
}

Map agent(Object computer, Map<String, String> names) {
    Object node = computer.node
    return [
        name: computer.name,
        cloud: names[text(node.cloudName)] ?: text(node.cloudName),
        template: text(node.templateDescription),
        instanceId: held(node, 'instanceId'),
        spotRequestId: held(node, 'spotInstanceRequestId'),
        state: stateOf(computer),
        executors: computer.numExecutors as String,
        busy: computer.countBusy() as String,
        reason: computer.offline ? text(computer.offlineCauseReason) : '',
    ]
}

/** A field as it is: the getter of a Spot agent asks EC2, and tags what it finds (EC2SpotSlave.getInstanceId). */
String held(Object node, String name) { return text(ParameterReader.fieldOf(node.class, name)?.get(node)) }

String stateOf(Object computer) {
    if (computer.online) {
        return computer.countBusy() > 0 ? 'busy' : 'idle'
    }
    return computer.connecting ? 'launching' : 'offline'
}

String text(Object value) { return value == null ? '' : value.toString() }

/*
 * Takes permanent agents with a label temporarily offline, or brings back those that it took. Builds that run there end undisturbed.
 * What a person took offline stays as it is. Needs permanent.
 */

Map perform(Map request) {
    List concerned = permanentAgents().findAll { it.toComputer() != null && (hasLabel(it, request.label) || isSwitched(it, request)) }
    if (request.action == 'off') {
        concerned.findAll { it.nodeName in request.names && stateOf(it, request) == 'on' }.each { takeOffline(it, request) }
    }
    if (request.action == 'back') {
        concerned.findAll { stateOf(it, request) == 'switched' }.each { it.toComputer().setTemporarilyOffline(false, null) }
    }
    return [agents: concerned.collect { [
        name: it.nodeName,
        labels: ownLabels(it)*.name,
        state: stateOf(it, request),
        busy: it.toComputer().countBusy() as String,
        reason: it.toComputer().offline ? (it.toComputer().offlineCauseReason ?: '').toString() : '',
    ] }]
}

void takeOffline(Object node, Map request) {
    String text = "${markOf(request.owner, request.label)} its builds run on EC2; switch --label ${request.label} --back brings it back"
    def cause = type('hudson.slaves.OfflineCause$UserCause').newInstance(hudson.model.User.current(), text)
    node.toComputer().setTemporarilyOffline(true, cause)
}

boolean hasLabel(Object node, String label) { return ownLabels(node).any { it.name == label } }

/** By this stack, for this label. The agent may have lost the label since. */
boolean isSwitched(Object node, Map request) {
    Map mark = switchedOff(node)
    return mark != null && mark.owner == request.owner && mark.label == request.label
}

/** `switched`: by this stack, for this label. `left`: a person or something else took it offline. */
String stateOf(Object node, Map request) {
    if (isSwitched(node, request)) {
        return 'switched'
    }
    Object computer = node.toComputer()
    boolean byPerson = type('hudson.slaves.OfflineCause$UserCause').isInstance(computer.offlineCause)
    return computer.temporarilyOffline || computer.offline && byPerson ? 'left' : 'on'
}

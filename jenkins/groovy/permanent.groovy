/* Permanent agents, and which of them the command switch took offline. Needs classes. */

/** No cloud started it, and it outlives its connection. */
boolean isPermanent(Object node) {
    boolean fromCloud = isA(node, 'hudson.slaves.AbstractCloudSlave') || node.metaClass.hasProperty(node, 'cloudName') != null
    boolean passing = exists('hudson.slaves.EphemeralNode') && type('hudson.slaves.EphemeralNode').isInstance(node)
    return isA(node, 'hudson.model.Slave') && !fromCloud && !passing
}

List permanentAgents() { return jenkins.model.Jenkins.get().nodes.findAll { isPermanent(it) } }

/** Without the agent's name, which Jenkins counts as a label. */
Set ownLabels(Object node) { return node.assignedLabels.findAll { it.name != node.nodeName } as Set }

/** The built-in node, where it has executors. */
List otherNodes() {
    def jenkins = jenkins.model.Jenkins.get()
    return jenkins.metaClass.respondsTo(jenkins, 'getAssignedLabels') && jenkins.numExecutors > 0 ? [jenkins] : []
}

/** Whether a cloud would start an agent for the label; null stands for builds without one. */
boolean isCloudFor(Object label) {
    return jenkins.model.Jenkins.get().clouds.any { cloud ->
        try {
            cloud.canProvision((hudson.model.Label) label) // the type, as Jenkins has two methods and the label may be null
        } catch (Exception ignored) {
            false // a cloud that cannot answer gives no agent
        }
    }
}

/** How switch marks an agent: in the text of the cause, which Jenkins keeps with the agent. */
String markOf(String owner, String label) { return "[jenkins-ec2-agents ${owner} ${label}]".toString() }

/** Whose mark an agent has, for which label and since when; null where it has none. */
Map switchedOff(Object node) {
    Object computer = node.toComputer()
    Object cause = computer != null && computer.temporarilyOffline ? computer.offlineCause : null
    def found = cause.toString() =~ /\[jenkins-ec2-agents (\S+) (\S+)\]/
    return found ? [owner: found.group(1), label: found.group(2), since: cause.timestamp as String] : null
}

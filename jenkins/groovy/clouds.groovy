/* The controller's EC2 clouds and their agents. Needs objects. */

/** One push at a time on a controller: an interned string is the same object in every script. Held for the change only. */
Object lock() { return 'jenkins-ec2-agents: one push at a time'.intern() }

/**
 * A step that saves, or nothing of it. Where a save fails memory has changed all the same: who repeats the step would find nothing
 * to do, and the next restart would bring back what is on disk.
 */
void wholly(Closure step, Closure undo) {
    try {
        step()
    } catch (Exception | LinkageError failure) {
        attempt([], '', undo) // its save may fail as well, which leaves memory right
        throw failure
    }
}

/** Does a step; where it fails, notes that. */
void attempt(List failures, String what, Closure step) {
    try {
        step()
    } catch (Exception | LinkageError failure) {
        failures << "${what}: ${explain(failure)}".toString()
    }
}

/** Sets the clouds with one save, or not at all. */
void replaceClouds(List wanted) {
    Object held = jenkins.model.Jenkins.get().clouds
    List before = clouds()
    wholly({ held.replaceBy(wanted) }) { held.replaceBy(before) }
}

List clouds() { return jenkins.model.Jenkins.get().clouds.toList() }

boolean isEc2(Object cloud) { return isA(cloud, 'hudson.plugins.ec2.EC2Cloud') }

/** The names that a cloud answers to. The oldest generation calls cloud `x` "ec2-x" and keeps `x` as cloudName. */
List<String> namesOf(Object cloud) {
    return [isEc2(cloud) ? read(cloud, 'cloudName') : null, cloud.name].findAll { it }*.toString().unique()
}

/** The live EC2 cloud of that name or null. A cloud of another kind under the name is refused. */
Object liveCloud(String name) {
    Object found = clouds().find { isEc2(it) && namesOf(it).first() == name } ?: clouds().find { isEc2(it) && name in namesOf(it) }
    Object other = clouds().find { !isEc2(it) && it.name == name }
    if (found == null && other != null) {
        throw new Refusal('cloud-of-somebody-else', [[template: '', parameter: 'name', text: "the controller has a cloud \"${name}\" of another kind (${other.class.simpleName}): choose another name for this cloud".toString()]])
    }
    return found
}

/** The class to build a cloud of: EC2Cloud, or in generations where that is abstract, AmazonEC2Cloud. */
Class cloudType() {
    Class general = type('hudson.plugins.ec2.EC2Cloud')
    return java.lang.reflect.Modifier.isAbstract(general.modifiers) ? type('hudson.plugins.ec2.AmazonEC2Cloud') : general
}

/** Computers of the agents that a cloud has started. */
List agentsOf(Object cloud) {
    List<String> names = namesOf(cloud)
    return jenkins.model.Jenkins.get().computers.findAll { it.node != null && hasCloudName(it.node) && it.node.cloudName in names }
}

boolean hasCloudName(Object node) {
    return node.metaClass.hasProperty(node, 'cloudName') != null
}

boolean isBusy(Object computer) { return computer.countBusy() > 0 }

String pluginVersion() { return jenkins.model.Jenkins.get().pluginManager.getPlugin('ec2')?.version ?: '' }

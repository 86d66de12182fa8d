/*
 * Whether the ec2 plugin can be installed. A plugin that failed to load is in no answer of Jenkins' API, and the update centre takes
 * the request to install one that it does not know without a job or an error. Needs frame.
 */

Map perform(Map request) {
    Object controller = jenkins.model.Jenkins.get()
    Object failed = controller.pluginManager.failedPlugins.find { it.name == 'ec2' }
    return [
        failure: failed == null ? '' : explain(failed.cause),
        offered: controller.updateCenter.getPlugin('ec2')?.version ?: '',
    ]
}

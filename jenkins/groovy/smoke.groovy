/* Finds the template to ask for an agent, and the name under which Jenkins knows the cloud. Needs clouds. */

Map perform(Map request) {
    Object live = liveCloud(request.name)
    if (live == null) {
        throw new Refusal('no-such-cloud', ["the controller has no EC2 cloud \"${request.name}\"".toString()])
    }
    List all = live.templates.toList()
    Object found = all.find { read(it, 'description') == request.template } ?: all.find { request.label && it.labelSet*.name.contains(request.label) }
    if (found == null) {
        String wanted = request.template ? "template \"${request.template}\"" : "template with the label \"${request.label}\""
        throw new Refusal('no-such-cloud', ["cloud \"${request.name}\" has no ${wanted}; it has: ${all.collect { read(it, 'description') }.join(', ')}".toString()])
    }
    return [cloud: live.name, template: read(found, 'description')]
}

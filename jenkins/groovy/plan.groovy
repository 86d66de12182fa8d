/*
 * What an apply would change. Swaps nothing, saves nothing. Needs compare.
 *
 * Values that AWS has not answered yet stand as a mark in the request. Where a parameter is text they stay and show up
 * in the difference; where it is a number or a constant the parameter is left out and noted as not yet known.
 */

Map perform(Map request) {
    Map cloud = request.cloud
    List unknown = []
    cloud.parameters = known(cloudType(), cloud.parameters) { unknown << [subject: 'cloud', id: '', path: [it]] }
    cloud.templates.each { template ->
        String id = template.parameters.description
        template.parameters = known(type('hudson.plugins.ec2.SlaveTemplate'), template.parameters) {
            unknown << [subject: 'template', id: id, path: [it]]
        }
    }
    Map state = examined(request)
    List certain = state.differences.findAll { difference -> !unknown.any { difference.subMap(it.keySet()) == it } }
    return [
        exists: state.live != null,
        foreign: foreign(request, state.live),
        templates: state.wanted.templates.collect { read(it, 'description') },
        differences: shownDifferences(certain) + unknown.collect { unknownDifference(it, state.live) },
        notes: agentNotes(state.live, state.wanted),
    ]
}

/** The parameters, where an unknown value cannot stand as text: without it, or with any constant of its type. */
Map known(Class built, Map parameters, Closure note) {
    def described = model(built)
    Map result = [:]
    parameters.each { name, value ->
        Class wanted = described.getParameter(name)?.erasedType ?: String
        if (value != unknownMark() || wanted == String) {
            result[name] = value
        } else {
            note(name)
            if (wanted.enum) {
                result[name] = wanted.enumConstants[0].name()
            }
        }
    }
    return result
}

Map unknownDifference(Map place, Object live) {
    Object holder = place.subject == 'cloud' ? live : live?.templates?.find { read(it, 'description') == place.id }
    Object before = holder == null ? '' : shown(plain(read(holder, place.path[0])))
    return place + [existed: holder != null, wanted: true, before: before, after: unknownMark()]
}

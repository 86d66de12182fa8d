/*
 * Requests in which AWS has not answered yet. Needs objects, clouds.
 *
 * Such values stand as a mark in the request. Where a parameter is text they stay and show up in the difference; where
 * it is a number or a constant the parameter is left out, or has any of its constants.
 */

/** Takes out of the cloud what is unknown and no text; answers the places, as differences name them. */
List leaveOutUnknown(Map cloud) {
    List unknown = []
    cloud.parameters = known(cloudType(), cloud.parameters) { unknown << [subject: 'cloud', id: '', path: [it]] }
    cloud.templates.each { template ->
        String id = template.parameters.description
        template.parameters = known(type('hudson.plugins.ec2.SlaveTemplate'), template.parameters) {
            unknown << [subject: 'template', id: id, path: [it]]
        }
    }
    return unknown
}

/** The differences that are at none of these places. */
List knownDifferences(List differences, List unknown) {
    Set places = unknown.collect { [it.subject, it.id, it.path] } as Set
    return differences.findAll { !places.contains([it.subject, it.id, it.path]) }
}

/** The parameters, where an unknown value cannot stand as text: without it, or with any constant of its type. */
@groovy.transform.CompileStatic
Map<String, Object> known(Class built, Map<String, Object> parameters, Closure note) {
    if (!parameters.values().contains(unknownMark())) {
        return parameters
    }
    Map<String, Class> types = typesOfParameters(built)
    Map<String, Object> result = new LinkedHashMap<String, Object>()
    for (Map.Entry<String, Object> each : parameters.entrySet()) {
        Class wanted = types.get(each.key)
        if (each.value != unknownMark() || wanted == null || wanted == String) {
            result.put(each.key, each.value)
        } else {
            note.call(each.key)
            if (wanted.enum) {
                result.put(each.key, ((Enum) wanted.enumConstants[0]).name())
            }
        }
    }
    return result
}

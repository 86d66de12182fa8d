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

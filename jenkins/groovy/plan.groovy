/*
 * What an apply would change. Swaps nothing, saves nothing. Needs compare.
 *
 * Values that AWS has not answered yet stand as a mark in the request. Where a parameter is text they stay and show up
 * in the difference; where it is a number or a constant the parameter is left out and noted as not yet known.
 */

Map perform(Map request) {
    List unknown = []
    request.cloud.parameters = known(cloudType(), request.cloud.parameters, 'cloud', '', unknown)
    request.cloud.templates.each {
        it.parameters = known(type('hudson.plugins.ec2.SlaveTemplate'), it.parameters, 'template', it.parameters.description, unknown)
    }
    Map state = examined(request)
    return [
        exists: state.live != null,
        foreign: foreign(request, state.live),
        templates: state.wanted.templates.collect { read(it, 'description') },
        differences: shownDifferences(state.differences) + unknown,
        notes: agentNotes(state.live, state.wanted),
    ]
}

/** The parameters without those whose value is not known yet and cannot stand as text. */
Map known(Class built, Map parameters, String subject, String id, List unknown) {
    def described = model(built)
    return parameters.findAll { name, value ->
        def parameter = described.getParameter(name)
        boolean fits = value != unknownMark() || parameter == null || parameter.erasedType == String
        if (!fits) {
            unknown << [subject: subject, id: id, existed: true, wanted: true, path: [name], before: '', after: unknownMark()]
        }
        return fits
    }
}

/* What an apply would change. Swaps nothing, saves nothing. Needs compare, known. */

Map perform(Map request) {
    List unknown = leaveOutUnknown(request.cloud)
    Map state = examined(request)
    Map olds = templatesOf(state.live)
    Map secret = secretParameters(request.cloud)
    return [
        exists: state.live != null,
        foreign: foreign(request, state.live),
        templates: state.wanted.templates.collect { read(it, 'description') },
        differences: shownDifferences(knownDifferences(state.differences, unknown), secret)
            + unknown.collect { masked(unknownDifference(it, it.subject == 'cloud' ? state.live : olds[it.id]), secret) },
        notes: agentNotes(state.live, state.wanted),
    ]
}

/** A difference of what is yet to be known; `holder` is the live object that has the parameter, or null. */
Map unknownDifference(Map place, Object holder) {
    Object before = holder == null ? '' : shown(plain(read(holder, place.path[0])))
    return place + [existed: holder != null, wanted: true, before: before, after: unknownMark()]
}

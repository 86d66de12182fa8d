/* What an apply would change. Swaps nothing, saves nothing. Needs compare, known. */

Map perform(Map request) {
    List unknown = leaveOutUnknown(request.cloud)
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

Map unknownDifference(Map place, Object live) {
    Object holder = place.subject == 'cloud' ? live : live?.templates?.find { read(it, 'description') == place.id }
    Object before = holder == null ? '' : shown(plain(read(holder, place.path[0])))
    return place + [existed: holder != null, wanted: true, before: before, after: unknownMark()]
}

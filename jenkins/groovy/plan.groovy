/* What an apply would change. Swaps nothing, saves nothing. Needs compare, known. */

Map perform(Map request) {
    List unknown = leaveOutUnknown(request.cloud)
    Map state = examined(request)
    List certain = state.differences.findAll { difference -> !unknown.any { difference.subMap(it.keySet()) == it } }
    return [
        exists: state.live != null,
        foreign: foreign(request, state.live),
        templates: state.wanted.templates.collect { read(it, 'description') },
        differences: shownDifferences(certain, request.cloud) + unknown.collect { masked(unknownDifference(it, state.live), request.cloud) },
        notes: agentNotes(state.live, state.wanted) + leavingNotes(request.cloud, state.live),
    ]
}

/** The stack's group of a cloud that is there is not known only where another one is yet to be made in its place. */
List<String> leavingNotes(Map cloud, Object live) {
    if (live == null || cloud.securityGroup != unknownMark() || !isOurCloud(live, cloud)) {
        return []
    }
    return agentsOf(live).collect {
        "agent \"${it.name}\" is in the security group that this change replaces: up refuses until it has ended".toString()
    }
}

Map unknownDifference(Map place, Object live) {
    Object holder = place.subject == 'cloud' ? live : live?.templates?.find { read(it, 'description') == place.id }
    Object before = holder == null ? '' : shown(plain(read(holder, place.path[0])))
    return place + [existed: holder != null, wanted: true, before: before, after: unknownMark()]
}

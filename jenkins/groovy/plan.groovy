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
        notes: agentNotes(state.live, state.wanted) + leavingNotes(request.cloud, state.live),
    ]
}

/**
 * Agents in a group that Pulumi is going to delete. Which one it is, only the last push knows; a live group that the wanted
 * templates lack is it where the stack's own is yet to be made, and may be it where the stack makes none.
 */
List<String> leavingNotes(Map cloud, Object live) {
    if (live == null || !(cloud.securityGroup in [unknownMark(), '']) || !isOurCloud(live, cloud)) {
        return []
    }
    List lost = securityGroups(live.templates.collect { read(it, 'securityGroups') }) - securityGroups(cloud.templates*.parameters*.securityGroups)
    if (lost.empty) {
        return []
    }
    String which = cloud.securityGroup
        ? 'in the security group that this change replaces: up refuses until it has ended'
        : "in security groups that the cloud loses (${lost.join(', ')}): where this stack made one, up refuses until it has ended"
    return agentsOf(live).collect { "agent \"${it.name}\" is ${which}".toString() }
}

List<String> securityGroups(List lists) {
    return lists.collectMany { (it ?: '').toString().split(/[\s,\[\]]+/).toList() }.findAll { it }.unique()
}

/** A difference of what is yet to be known; `holder` is the live object that has the parameter, or null. */
Map unknownDifference(Map place, Object holder) {
    Object before = holder == null ? '' : shown(plain(read(holder, place.path[0])))
    return place + [existed: holder != null, wanted: true, before: before, after: unknownMark()]
}

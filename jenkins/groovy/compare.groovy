/* Wanted against live, by path. Needs build, credentials, alike. */

/**
 * What is wanted, what is there, and what differs. Changes nothing.
 */
Map examined(Map request) {
    Map cloud = request.cloud
    Object live = ownLiveCloud(cloud)
    Object wanted = builtCloud(cloud)
    refuse('credentials-missing', credentialProblems(cloud))
    return [wanted: wanted, live: live, differences: credentialDifferences(cloud) + leftoverDifferences(cloud, live) + cloudDifferences(live, wanted, cloud) + placeDifferences(cloud, live)]
}

/**
 * What is wrong with the credentials that the cloud names and the push does not bring. The plugin reports nothing of an AWS id that
 * does not exist, or is of another type: it uses the controller's own identity.
 */
List credentialProblems(Map cloud) {
    Map types = [
        credentialsId: 'com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials',
        sshKeysCredentialsId: 'com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey',
    ]
    return types.collectMany { name, wanted ->
        String id = cloud.parameters[name]
        boolean othersOwn = id && !id.contains(unknownMark()) && !(id in cloud.credentials*.id)
        String text = othersOwn ? credentialProblem(id, wanted, cloud) : null
        text == null ? [] : [problem('', name, text)]
    }
}

/** One that the stack made itself goes with the next push that does not want it, and its key with the stack's user. */
String credentialProblem(String id, String wanted, Map cloud) {
    Object any = credentialOf('com.cloudbees.plugins.credentials.common.StandardCredentials', id)
    if (any == null) {
        return "the controller has no credentials \"${id}\" (those of a folder do not count)"
    }
    if (credentialOf(wanted, id) == null) {
        return "the credentials \"${id}\" are ${any.class.simpleName}; the plugin takes ${wanted.tokenize('.').last()} here"
    }
    return isOurs(any, cloud)
        ? "the credentials \"${id}\" were made by this stack, which takes them away when it makes none for the cloud: name some that somebody else made"
        : null
}

List credentialDifferences(Map cloud) {
    return cloud.credentials.collectMany { wanted ->
        Map before = plainCredential(liveCredential(wanted.id))
        changes(before, plainWanted(wanted), []).collect { [subject: 'credential', id: wanted.id, existed: !before.isEmpty()] + it }
    }
}

/**
 * Ids of credentials that a push of this cloud makes, that this one does not want, as after a change from access key to
 * instance profile, and that no cloud but the given one uses. Whose they are is for the caller to know.
 */
List<String> leftovers(Map cloud, Object live) {
    List used = clouds().findAll { isEc2(it) && !it.is(live) }.collectMany { [it.credentialsId, it.sshKeysCredentialsId] }
    List wanted = cloud.credentials*.id + [cloud.parameters.credentialsId, cloud.parameters.sshKeysCredentialsId]
    List marked = provider().credentials.findAll { it.metaClass.hasProperty(it, 'id') && it.description in marksOf(cloud) }*.id
    List usual = ['aws', 'ssh', 'mark'].collect { "${cloud.name}-${it}".toString() }.findAll { liveCredential(it) != null }
    return (usual + marked).unique() - used - wanted
}

List leftoverDifferences(Map cloud, Object live) {
    return leftovers(cloud, live).findAll { isOurs(liveCredential(it), cloud) }.collect {
        [subject: 'credential', id: it, existed: true, wanted: false, path: [], before: plainCredential(liveCredential(it)).kind, after: '']
    }
}

/** Templates are one by their description, wherever they stand; the order is a difference of its own. */
List cloudDifferences(Object live, Object wanted, Map cloud) {
    idsOfGroups.putAll(cloud.groupIds ?: [:])
    boolean isOurs = live == null || isOurCloud(live, cloud)
    List result = changes(live == null ? [:] : plainCloud(live), plainCloud(wanted), []).collect { [subject: 'cloud', id: '', existed: live != null] + it }
    Map olds = templatesOf(live)
    Map news = templatesOf(wanted)
    (olds.keySet() + news.keySet()).each { description ->
        result.addAll(templateChanges(olds[description], news[description], isOurs).collect {
            [subject: 'template', id: description, existed: olds.containsKey(description), wanted: news.containsKey(description)] + it
        })
    }
    List kept = olds.keySet().findAll { news.containsKey(it) } as List
    List order = news.keySet().findAll { olds.containsKey(it) } as List
    if (kept != order) {
        result << [subject: 'cloud', id: '', existed: true, path: ['templates', 'order'], before: kept, after: order]
    }
    return result
}

/** Templates of a cloud by description; none of no cloud. */
Map templatesOf(Object cloud) {
    return (cloud?.templates ?: []).collectEntries(new LinkedHashMap()) { [(read(it, 'description') ?: ''): it] }
}

/** A cloud made by hand has no tag of this program yet. Every push makes it, so it is no difference that a person would look at. */
List templateChanges(Object old, Object wanted, boolean isOurs) {
    if (surelySame(old, wanted)) {
        return []
    }
    Map before = old == null ? [:] : plainObject(old)
    Map after = wanted == null ? [:] : plainObject(wanted)
    boolean isTagged = withoutOwnTag(before) != before
    return changes(before, old == null || isOurs || isTagged ? after : withoutOwnTag(after), [])
}

/** The template without the tag that every push gives to agents, so that controllers know their own (agentTag of settings/naming.ts). */
Map withoutOwnTag(Map template) {
    return template.tags instanceof List ? template + [tags: template.tags.findAll { it.name != 'jenkins-controller' } ?: ''] : template
}

/** A live cloud that stands before one of those that it follows. */
List placeDifferences(Map cloud, Object live) {
    if (live == null) {
        return []
    }
    List all = clouds()
    List before = all.collect { namesOf(it).first() }
    List after = withCloud(all, cloud, live, live).collect { namesOf(it).first() }
    return before == after ? [] : [[subject: 'cloud', id: '', existed: true, path: ['place'], before: before, after: after]]
}

/**
 * The clouds in their order, with the wanted one in place of the live one. It moves only if one of those that it follows
 * stands after it; a new one comes before the stack's others. Once each was pushed, in whatever order, all follow as they
 * are to. What is not the stack's keeps its place among the others.
 */
List withCloud(List all, Map cloud, Object live, Object wanted) {
    List others = all.findAll { !it.is(live) }
    int place = all.findIndexOf { it.is(live) }
    if (live == null) {
        place = others.findIndexOf { isEc2(it) && isOurCloud(it, cloud) && !isFollowed(it, cloud) }
    }
    int least = others.findLastIndexOf { isFollowed(it, cloud) } + 1
    place = Math.max(place < 0 ? others.size() : place, least)
    return others.take(place) + [wanted] + others.drop(place)
}

boolean isFollowed(Object other, Map cloud) { return isEc2(other) && namesOf(other).any { it in cloud.follows } }

/** A cloud without its templates as plain data. */
Map plainCloud(Object cloud) {
    Map data = plainObject(cloud, 'templates')
    return data + [(data.containsKey('cloudName') ? 'cloudName' : 'name'): namesOf(cloud).first()]
}

/** Differences of two pieces of plain data: [path, before, after]. Maps are gone into, lists too where both have as many. */
List changes(Object before, Object after, List path) {
    if (before == after) {
        return []
    }
    if (before instanceof Map && after instanceof Map) {
        return (before.keySet() + after.keySet()).collectMany { key -> changes(before[key] ?: '', after[key] ?: '', path + key) }
    }
    String parameter = path ? path.last() : ''
    if (before instanceof List && after instanceof List && before.size() == after.size()) {
        List olds = sortedItems(parameter, before)
        List news = sortedItems(parameter, after)
        return (0..<olds.size()).collectMany { changes(olds[it], news[it], path + it.toString()) }
    }
    return isAlike(parameter, before, after) ? [] : [[path: path, before: before, after: after]]
}

/** Differences fit to leave the script. */
List shownDifferences(List differences, Map<String, List> secret) {
    return differences.collect { masked(it + [before: shown(it.before), after: shown(it.after)], secret) }
}

/** The parameters that the request calls secret: the cloud's under the empty text, each template's under its description. */
Map<String, List> secretParameters(Map cloud) {
    return ['': cloud.secret] + cloud.templates.collectEntries { [(it.parameters.description): it.secret] }
}

/** A difference of a secret parameter without what is and what was there. */
Map masked(Map difference, Map<String, List> secret) {
    if (difference.subject == 'credential' || !difference.path || !(difference.path[0] in (secret[difference.id] ?: []))) {
        return difference
    }
    Closure mask = { it == '' || it == unknownMark() ? it : '****' }
    return difference + [before: mask(difference.before), after: mask(difference.after)]
}

/**
 * Why the live cloud or credentials may not be touched: they are not this stack's. Its mark is the description of its
 * credentials, with the ids of the push in brackets; a cloud is its own if one of the credentials that it names bears it, or,
 * where it names only credentials of others, the entry that a push makes for that.
 */
List<String> foreign(Map request, Object live) {
    Map cloud = request.cloud
    List reasons = cloud.credentials.collect { [it, liveCredential(it.id)] }.findAll { it[1] != null && !isOurs(it[1], cloud) }.collect { wanted, found ->
        "credentials \"${found.id}\" exist with the description \"${found.description ?: ''}\"".toString()
    }
    if (live != null && !isOurCloud(live, cloud)) {
        reasons << "cloud \"${cloud.name}\" exists and was not made by this stack (its credentials are \"${live.credentialsId ?: ''}\", \"${live.sshKeysCredentialsId ?: ''}\")".toString()
    }
    return reasons
}

/** Why the cloud may not be touched unless it is adopted, and what adopting it would change; empty where it is this stack's. */
List<String> takeoverProblems(Map request, Map state) {
    List reasons = foreign(request, state.live)
    if (reasons.empty) {
        return []
    }
    List summary = state.differences.findAll { !isUnknown(it) }.collect { summarised(it) }.unique()
    List shortened = summary.size() > 20 ? summary.take(20) + "and ${summary.size() - 20} more".toString() : summary
    String differs = summary ? "Taking over would change: ${shortened.join(', ')}. " : 'Nothing of it would change. '
    return reasons + ["${differs}Set adopt: true for this cloud to take it over, or choose another name".toString()]
}

/** Whether AWS has not answered yet what the value will be: it may well be the one that is there. */
boolean isUnknown(Map difference) { return difference.existed && shown(difference.after).toString().contains(unknownMark()) }

String summarised(Map difference) {
    String what = difference.id ? "${difference.subject} ${difference.id}" : difference.subject
    if (!difference.existed) {
        return "+ ${what}"
    }
    return difference.wanted == false ? "- ${what}" : "${what} ${difference.path.join('.')}"
}

/** Whether a credential bears a mark of the same stack, of whichever of its pushes: an id may have been renamed since. */
boolean isOurs(Object credential, Map cloud) {
    return marksOf(cloud).any { stackOf(it) == stackOf(credential.description) }
}

/** The marks of a push, those of the stack's former name, and those that it had before marks named the organization. */
List<String> marksOf(Map cloud) {
    List marks = cloud.credentials*.description + (cloud.formerMark ? [cloud.formerMark] : [])
    return marks.collectMany { [it, withoutOrganization(it)] }.unique()
}

/** `Managed by Pulumi stack ORGANIZATION/PROJECT/STACK (…)`: the names themselves have no slashes. */
String withoutOrganization(String mark) { return mark.replaceFirst(' stack [^/ ]+/(?=[^/ ]+/[^/ ]+( |$))', ' stack ') }

/** The part of a mark that names the stack: without the push's identity and without the suffix of staged credentials. */
String stackOf(String mark) { return (mark ?: '').replaceFirst(/(?s) \(.*/, '') }

/** Whether a credential bears the mark of this very push, and not that of one which came after it under other ids. */
boolean bearsMark(Object credential, Map cloud) {
    return cloud.credentials*.description.any { credential.description in [it, it + stagedSuffix()] }
}

/**
 * The live cloud of that name; or, after an upgrade from the oldest generation, which called cloud `x` "ec2-x" and left
 * it so, the one of that name if it is this stack's. Else the upgrade would lead to a second cloud.
 */
Object ownLiveCloud(Map cloud) {
    return liveCloud(cloud.name) ?: clouds().find { isEc2(it) && it.name == "ec2-${cloud.name}" && isOurCloud(it, cloud) }
}

boolean isOurCloud(Object live, Map cloud) { return credentialsOf(live).any { isOurs(it, cloud) } }

/** The credentials of the system store that a live cloud names, and its mark. */
List credentialsOf(Object live) {
    List named = [live.credentialsId, live.sshKeysCredentialsId].findAll { it }.collect { liveCredential(it) }.findAll { it != null }
    return named + provider().credentials.findAll { marks(it, live) }
}

/** What the change means for agents that are there: those of a template that goes keep running, but as orphans of it. */
List<String> agentNotes(Object live, Object wanted) {
    if (live == null) {
        return []
    }
    List descriptions = (wanted.templates ?: []).collect { read(it, 'description') }
    return agentsOf(live).collectMany {
        List notes = []
        if (!(it.node.templateDescription in descriptions)) {
            notes << "agent \"${it.name}\" keeps running until it is idle for its time, but its template \"${it.node.templateDescription}\" is gone: no new one like it starts".toString()
        }
        if (!(it.node.cloudName in namesOf(wanted))) {
            notes << "agent \"${it.name}\" knows the cloud by its former name \"${it.node.cloudName}\": look after its instance ${it.node.instanceId}".toString()
        }
        return notes
    }
}

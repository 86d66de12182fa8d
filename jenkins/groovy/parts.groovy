/* Keeps one part of a request that is larger than one form may be. Needs frame. */

Map perform(Map request) {
    long tenMinutesOn = System.currentTimeMillis() + 600_000L
    Map parts = stashes().computeIfAbsent(request.stash) {
        new java.util.concurrent.ConcurrentHashMap([expires: tenMinutesOn, texts: new java.util.concurrent.ConcurrentHashMap()])
    }
    parts.expires = tenMinutesOn
    parts.texts[request.index as String] = request.text
    return [kept: parts.texts.size()]
}

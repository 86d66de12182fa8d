/*
 * Common to every script: takes the request out of its encoding, calls perform(), and frames the answer.
 *
 * These files are constant. A push concatenates those that an operation needs and adds one line, answer([…]), with the
 * request as gzip in base64url, in pieces because a string constant holds at most 65,535 bytes. Nothing of the request
 * becomes source text.
 *
 * An exception is HTTP 200 in the script console, so an answer counts only between the marks of the request's nonce.
 */

/**
 * A request that is refused, with all reasons at once: texts, or problems of a parameter (see adapt). Nothing was changed. The code
 * is the section of docs/messages.md, unless a problem has its own.
 */
class Refusal extends RuntimeException {
    final List<Map> problems

    Refusal(String code, List reasons) {
        super(reasons.join('; '))
        problems = reasons.collect { it instanceof Map ? [code: code] + it : [code: code, text: it.toString()] }
    }
}

/** Prints the framed answer. Returns nothing, or the console would add a "Result:" line. */
void answer(List<String> chunks) {
    Map envelope = decode(chunks.join(''))
    Map reply
    try {
        Map request = envelope.parts ? decode(takeParts(envelope.parts.stash, envelope.parts.count as int)) : envelope
        secretNames = request.secretNames // A variable of the whole script, see objects.
        reply = [value: perform(request)]
    } catch (Refusal refusal) {
        reply = [problems: refusal.problems]
    } catch (Exception | LinkageError failure) {
        reply = [problems: [[code: 'request-failed', text: "the script failed: ${explain(failure)}".toString()]]]
    }
    println "<<${envelope.nonce}>>${groovy.json.JsonOutput.toJson(reply)}<<end ${envelope.nonce}>>"
}

/** JSON from gzip from base64url, as ordinary maps and lists. */
Map decode(String text) {
    InputStream packed = new ByteArrayInputStream(Base64.urlDecoder.decode(text))
    return ordinary(new groovy.json.JsonSlurper().parse(new java.util.zip.GZIPInputStream(packed), 'UTF-8'))
}

/** The slurper's maps are lazy and partly read-only; scripts change theirs. */
@groovy.transform.CompileStatic
Object ordinary(Object value) {
    if (value instanceof Map) {
        Map<String, Object> copy = new LinkedHashMap<String, Object>()
        for (Map.Entry<String, Object> each : ((Map<String, Object>) value).entrySet()) {
            copy.put(each.key, ordinary(each.value))
        }
        return copy
    }
    if (value instanceof List) {
        List<Object> copy = new ArrayList<Object>()
        for (Object each : (List) value) {
            copy.add(ordinary(each))
        }
        return copy
    }
    return value
}

/**
 * Parts of a request that is larger than one form may be, by the stash's name. Kept in memory only: they hold secrets.
 * The servlet context is what outlives one script; only classes of the Java library go in.
 */
Map<String, Map> stashes() {
    def context = jenkins.model.Jenkins.get().servletContext
    String key = 'jenkins-ec2-agents.parts'
    Map all = context.getAttribute(key)
    if (all == null) {
        all = new java.util.concurrent.ConcurrentHashMap()
        context.setAttribute(key, all)
    }
    all.entrySet().removeIf { it.value.expires < System.currentTimeMillis() }
    return all
}

/** Joins the parts of a stash and forgets it. The client knows the code of the refusal, and sends them again. */
String takeParts(String stash, int count) {
    Map parts = stashes().remove(stash)
    List texts = parts == null ? [] : (0..<count).collect { parts.texts[it as String] }
    if (texts.empty || texts.contains(null)) {
        throw new Refusal('parts-missing', ['parts of the request are missing'])
    }
    return texts.join('')
}

/**
 * The innermost cause in one line. Texts of DescribableModel ("Could not instantiate {all arguments}") and of its
 * coercions quote their arguments, secrets included: the braces' content is left out.
 */
String explain(Throwable failure) {
    Throwable cause = failure
    while (cause.cause != null && cause.cause != cause) {
        cause = cause.cause
    }
    String text = (cause.message ?: '').replaceAll(/(?s)\{.*\}/, '{…}').replaceAll(/\s+/, ' ').trim()
    text = text.length() > 300 ? text.take(300) + '…' : text
    return text ? "${cause.class.simpleName}: ${text}".toString() : cause.class.simpleName
}

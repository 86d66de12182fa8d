/* Objects of plugins as plain data. Needs classes. */

/** Marks the text of a secret within plain data; it never leaves the script, see shown(). Another in each script, so that no text has it. */
String secretMark() { return markOfSecrets }

@groovy.transform.Field String markOfSecrets = "\u0001secret ${UUID.randomUUID()}:".toString()

/** Which names are those of secrets; the request names them, see answer(). */
@groovy.transform.Field Map secretNames

@groovy.transform.Field Map<String, Boolean> secretVerdicts = [:]

/** Names of parameters whose plain String is a secret: the regular expressions are in the request (settings/looksSecret.ts). */
@groovy.transform.CompileStatic
boolean isSecretName(String name) {
    Boolean known = secretVerdicts.get(name)
    if (known == null) {
        known = name =~ "(?i)${secretNames.words}" && !(name =~ "(?i)${secretNames.exceptions}")
        secretVerdicts.put(name, known)
    }
    return known
}

/**
 * An object as plain data: scalars as text, enums by their constant's name, lists, and objects as maps of their
 * data-bound parameters. Null, empty text and empty list are one: forms save the one, scripts the other, and the
 * plugin treats them alike. What is no parameter (caches, counters, the current subnet) is runtime state and left out.
 */
@groovy.transform.CompileStatic
Object plain(Object value) {
    if (value == null) {
        return ''
    }
    if (isText(value)) {
        return value.toString()
    }
    if (value instanceof Enum) {
        return ((Enum) value).name()
    }
    if (isSecret(value)) {
        String text = read(value, 'plainText')
        return text ? secretMark() + text : ''
    }
    if (isMany(value)) {
        List items = []
        for (Object item : many(value)) {
            items.add(plain(item))
        }
        return items.empty ? '' : items
    }
    return value instanceof Map ? plainMap((Map) value) : plainObject(value)
}

@groovy.transform.CompileStatic
boolean isText(Object value) {
    return value instanceof CharSequence || value instanceof Number || value instanceof Boolean || value instanceof Character
}

@groovy.transform.CompileStatic
boolean isSecret(Object value) { return value.getClass().name == 'hudson.util.Secret' }

@groovy.transform.CompileStatic
boolean isMany(Object value) { return value instanceof Iterable || value.getClass().array }

@groovy.transform.CompileStatic
Iterable many(Object value) {
    return value instanceof Iterable ? (Iterable) value : org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation.asCollection(value)
}

@groovy.transform.CompileStatic
Map plainMap(Map<Object, Object> value) {
    Map data = [:]
    for (Map.Entry<Object, Object> each : value.entrySet()) {
        data.put(each.key.toString(), plain(each.value))
    }
    return data
}

@groovy.transform.CompileStatic
Object plainObject(Object object, String leftOut = null) {
    List<ParameterReader> parameters
    try {
        parameters = readersOf(object.getClass())
    } catch (Exception ignored) { // No data-bound constructor, such as EC2PrivateKey of clouds without SSH credentials.
        return plainUnbound(object)
    }
    Map<String, Object> data = new LinkedHashMap<String, Object>()
    data.put('$class', object.getClass().simpleName)
    for (ParameterReader each : parameters) {
        if (each.name != leftOut) {
            data.put(each.name, marked(each.name, plain(each.read(object))))
        }
    }
    if (data.get('key') instanceof String && data.get('value') instanceof String) {
        data.put('value', marked((String) data.get('key'), data.get('value'))) // An environment variable such as DB_PASSWORD.
    }
    return data
}

/** Plain data of a parameter of that name, marked where it is a secret that the plugin keeps as plain text. */
@groovy.transform.CompileStatic
Object marked(String name, Object item) {
    boolean secret = item instanceof String && item != '' && isSecretName(name) && !((String) item).startsWith(secretMark())
    return secret ? secretMark() + item : item
}

String plainUnbound(Object object) {
    Object key = plain(ParameterReader.fieldOf(object.class, 'privateKey')?.get(object))
    return secretMark() + (key ?: jenkins.model.Jenkins.XSTREAM2.toXML(object))
}

/**
 * Whether two objects surely are the same as plain data. Nearly all of a thousand templates are, and no data need be made of
 * those; false means nothing.
 */
@groovy.transform.CompileStatic
boolean surelySame(Object one, Object other) {
    if (one.is(other)) {
        return true
    }
    if (one == null || other == null || one instanceof Enum || one instanceof Map) {
        return false
    }
    if (isMany(one) && isMany(other)) {
        return surelySameItems(many(one).iterator(), many(other).iterator())
    }
    if (isText(one) || isSecret(one)) {
        return one.equals(other)
    }
    return one.getClass() == other.getClass() && surelySameParameters(one, other)
}

@groovy.transform.CompileStatic
boolean surelySameItems(Iterator ones, Iterator others) {
    while (ones.hasNext() && others.hasNext()) {
        if (!surelySame(ones.next(), others.next())) {
            return false
        }
    }
    return ones.hasNext() == others.hasNext()
}

@groovy.transform.CompileStatic
boolean surelySameParameters(Object one, Object other) {
    try {
        for (ParameterReader each : readersOf(one.getClass())) {
            if (!surelySame(each.read(one), each.read(other))) {
                return false
            }
        }
        return true
    } catch (Exception ignored) { // See plainObject().
        return false
    }
}

/** Plain data fit to leave the script: secrets masked. */
Object shown(Object value) {
    if (value instanceof Map) {
        return value.collectEntries { key, item -> [(key): shown(item)] }
    }
    if (value instanceof List) {
        return value.collect { shown(it) }
    }
    return value instanceof String && value.startsWith(secretMark()) ? (value.contains(unknownMark()) ? unknownMark() : '****') : value
}

/** Stands in a plan's request for a value that AWS has not answered yet. The same as UNKNOWN of the client. */
String unknownMark() { return 'known-after-apply-7b1f0c93' }

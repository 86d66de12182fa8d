/*
 * Classes of plugins, and objects of theirs as plain data. Needs frame.
 *
 * Classes are looked up by name at run time: which exist differs between generations of the plugin, and an import of
 * one that is missing would fail the whole script.
 */

/** A class of Jenkins or of any plugin. */
Class type(String name) {
    return jenkins.model.Jenkins.get().pluginManager.uberClassLoader.loadClass(name)
}

/** Whether a class of that name exists on this controller. */
boolean exists(String name) {
    try {
        type(name)
        return true
    } catch (ClassNotFoundException ignored) {
        return false
    }
}

/** Each class is described once in a script: a description reads all of the class by reflection, and a thousand templates ask for it. */
@groovy.transform.Field Map<Class, Object> models = [:]

/** The data-bound parameters of a class (plugin structs). Fails for a class without a data-bound constructor. */
Object model(Class described) {
    Object known = models[described]
    if (known == null) {
        known = type('org.jenkinsci.plugins.structs.describable.DescribableModel').newInstance(described)
        models[described] = known
    }
    return known
}

/** The same for the names of its parameters, but for those that are only views of others. */
@groovy.transform.Field Map<Class, List<String>> parameterNames = [:]

List<String> namesOfParameters(Class described) {
    List known = parameterNames[described]
    if (known == null) {
        List all = model(described).parameters*.name
        known = all.findAll { !(views()[it] in all) }
        parameterNames[described] = known
    }
    return known
}

/** Whether an object's class, or one that it extends, has this name. */
boolean isA(Object object, String name) {
    for (Class each = object.class; each != null; each = each.superclass) {
        if (each.name == name) {
            return true
        }
    }
    return false
}

/** Fields of parameters without a getter, by class and name: an exception for each of a thousand templates would take its time. */
@groovy.transform.Field Map<Class, Map<String, Object>> fields = [:]

/** Reads a parameter back: by its getter, else by the field of that name (older generations have no getters for some). */
Object read(Object object, String name) {
    if (fields[object.class]?.containsKey(name)) {
        return readField(object, name)
    }
    try {
        return org.codehaus.groovy.runtime.InvokerHelper.getProperty(object, name)
    } catch (MissingPropertyException ignored) {
        return readField(object, name)
    }
}

Object readField(Object object, String name) {
    Map known = fields[object.class]
    if (known == null) {
        known = [:]
        fields[object.class] = known
    }
    if (!known.containsKey(name)) {
        known[name] = fieldOf(object.class, name)
    }
    return known[name]?.get(object)
}

/** The field of that name of a class or of one that it extends, made readable; null where there is none. */
Object fieldOf(Class owner, String name) {
    for (Class each = owner; each != null; each = each.superclass) {
        def field = each.declaredFields.find { it.name == name }
        if (field != null) {
            field.accessible = true
            return field
        }
    }
    return null
}

/** Marks the text of a secret within plain data; it never leaves the script, see shown(). Another in each script, so that no text has it. */
String secretMark() { return markOfSecrets }

@groovy.transform.Field String markOfSecrets = "\u0001secret ${UUID.randomUUID()}:".toString()

/** Names of parameters whose plain String is a secret; which they are, the request says (secretNames.ts). */
boolean isSecretName(String name) {
    Boolean known = secretVerdicts[name]
    if (known == null) {
        known = name =~ "(?i)${secretNames.words}" && !(name =~ "(?i)${secretNames.exceptions}")
        secretVerdicts[name] = known
    }
    return known
}

@groovy.transform.Field Map<String, Boolean> secretVerdicts = [:]

/** Parameters that newer generations keep only as another view of a second one. */
Map<String, String> views() {
    return [associatePublicIp: 'associateIPStrategy', connectUsingPublicIp: 'connectionStrategy', usePrivateDnsName: 'connectionStrategy']
}

/**
 * An object as plain data: scalars as text, enums by their constant's name, lists, and objects as maps of their
 * data-bound parameters. Null, empty text and empty list are one: forms save the one, scripts the other, and the
 * plugin treats them alike. What is no parameter (caches, counters, the current subnet) is runtime state and left out.
 */
Object plain(Object value) {
    if (value == null) {
        return ''
    }
    if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean || value instanceof Character) {
        return value.toString()
    }
    if (value instanceof Enum) {
        return value.name()
    }
    if (isA(value, 'hudson.util.Secret')) {
        return value.plainText ? secretMark() + value.plainText : ''
    }
    if (value.class.array || value instanceof Iterable) {
        List items = value.collect { plain(it) }
        return items.empty ? '' : items
    }
    return value instanceof Map ? value.collectEntries { key, item -> [(key.toString()): plain(item)] } : plainObject(value)
}

Object plainObject(Object object, String leftOut = null) {
    List names
    try {
        names = namesOfParameters(object.class)
    } catch (Exception ignored) { // No data-bound constructor, such as EC2PrivateKey of clouds without SSH credentials.
        Object key = plain(readField(object, 'privateKey'))
        return secretMark() + (key ?: jenkins.model.Jenkins.XSTREAM2.toXML(object))
    }
    Map data = ['$class': object.class.simpleName]
    names.findAll { it != leftOut }.each { String name ->
        Object item = plain(read(object, name))
        data[name] = item instanceof String && item && isSecretName(name) && !item.startsWith(secretMark()) ? secretMark() + item : item
    }
    if (data.key instanceof String && data.value instanceof String && data.value && isSecretName(data.key)) {
        data.value = secretMark() + data.value // An environment variable such as DB_PASSWORD.
    }
    return data
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

/*
 * Classes of Jenkins and its plugins, and their parameters. Needs frame.
 *
 * Classes are looked up by name at run time: which exist differs between generations of the plugin, and an import of
 * one that is missing would fail the whole script.
 *
 * What is asked for each parameter of a thousand templates is found once in a script, and compiled statically here and in the
 * other files: Groovy's dynamic calls took most of a push's time.
 */

@groovy.transform.Field Map<String, Class> types = [:]

/** A class of Jenkins or of any plugin. */
Class type(String name) {
    Class known = types[name]
    if (known == null) {
        known = jenkins.model.Jenkins.get().pluginManager.uberClassLoader.loadClass(name)
        types[name] = known
    }
    return known
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

@groovy.transform.Field Map<Class, Map<String, Class>> parameterTypes = [:]

/** The erased types of a class's data-bound parameters by their names. */
@groovy.transform.CompileStatic
Map<String, Class> typesOfParameters(Class described) {
    Map<String, Class> known = parameterTypes.get(described)
    if (known == null) {
        known = erasedTypes(model(described))
        parameterTypes.put(described, known)
    }
    return known
}

Map<String, Class> erasedTypes(Object model) { return model.parameters.collectEntries(new LinkedHashMap()) { [(it.name): it.erasedType] } }

@groovy.transform.Field Map<Class, List<ParameterReader>> parameterReaders = [:]

/** Readers of a class's data-bound parameters, but of those that are only views of others. */
@groovy.transform.CompileStatic
List<ParameterReader> readersOf(Class described) {
    List<ParameterReader> known = parameterReaders.get(described)
    if (known == null) {
        Set<String> names = typesOfParameters(described).keySet()
        known = names.findAll { !names.contains(views().get(it)) }.collect { new ParameterReader(described, it) }
        parameterReaders.put(described, known)
    }
    return known
}

/** Parameters that newer generations keep only as another view of a second one. */
Map<String, String> views() {
    return [associatePublicIp: 'associateIPStrategy', connectUsingPublicIp: 'connectionStrategy', usePrivateDnsName: 'connectionStrategy']
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

/** Reads a parameter of a class back: by its getter, else by the field of that name (older generations have no getters for some). */
@groovy.transform.CompileStatic
class ParameterReader {
    final String name
    private final MetaProperty property
    private final java.lang.reflect.Field field

    ParameterReader(Class owner, String name) {
        this.name = name
        MetaProperty found = GroovySystem.metaClassRegistry.getMetaClass(owner).getMetaProperty(name)
        boolean onlySet = found instanceof MetaBeanProperty && ((MetaBeanProperty) found).getter == null && ((MetaBeanProperty) found).field == null
        property = onlySet ? null : found
        field = property == null ? fieldOf(owner, name) : null
    }

    /** Null where the class has no such parameter. */
    Object read(Object object) {
        return property != null ? property.getProperty(object) : field?.get(object)
    }

    /** The field of that name of a class or of one that it extends, made readable; null where there is none. */
    static java.lang.reflect.Field fieldOf(Class owner, String name) {
        for (Class each = owner; each != null; each = each.superclass) {
            for (java.lang.reflect.Field field : each.declaredFields) {
                if (field.name == name) {
                    field.accessible = true
                    return field
                }
            }
        }
        return null
    }
}

@groovy.transform.Field Map<Class, Map<String, ParameterReader>> readers = [:]

/** Reads a parameter back; see {@link ParameterReader}. */
@groovy.transform.CompileStatic
Object read(Object object, String name) {
    Class owner = object.getClass()
    Map<String, ParameterReader> own = readers.get(owner)
    if (own == null) {
        own = new HashMap<String, ParameterReader>()
        readers.put(owner, own)
    }
    ParameterReader reader = own.get(name)
    if (reader == null) {
        reader = new ParameterReader(owner, name)
        own.put(name, reader)
    }
    return reader.read(object)
}

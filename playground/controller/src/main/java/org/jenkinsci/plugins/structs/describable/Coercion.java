package org.jenkinsci.plugins.structs.describable;

import groovy.lang.GString;
import hudson.model.TaskListener;
import hudson.util.Secret;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;

/** How {@link DescribableModel} turns what it is given into what a parameter wants. */
final class Coercion {
    private static final Map<Class<?>, Class<?>> WRAPPERS =
            Map.of(int.class, Integer.class, long.class, Long.class, boolean.class, Boolean.class);

    private Coercion() {}

    /** What a missing parameter becomes: 0, false or null. */
    static Object defaultOf(Class<?> type) {
        return type == boolean.class ? (Object) false : type == int.class ? (Object) 0 : type == long.class ? (Object) 0L : null;
    }

    static Class<?> erase(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType generic) {
            return erase(generic.getRawType());
        }
        return type instanceof WildcardType wildcard ? erase(wildcard.getUpperBounds()[0]) : Object.class;
    }

    static Object coerce(String context, Type type, Object given, TaskListener listener)
            throws ReflectiveOperationException {
        Class<?> erased = erase(type);
        Class<?> wanted = WRAPPERS.getOrDefault(erased, erased);
        Object value = given instanceof GString ? given.toString() : given;
        if (value instanceof List<?> list && Collection.class.isAssignableFrom(wanted)) {
            return list(context, elementOf(type), list, listener);
        }
        if (wanted.isInstance(value)) {
            return value;
        }
        if (value instanceof Map<?, ?> map && !Collection.class.isAssignableFrom(wanted)) {
            return object(wanted, map, listener);
        }
        if (value instanceof String text && (wanted.isEnum() || WRAPPERS.containsValue(wanted) || wanted == Secret.class)) {
            return scalar(wanted, text);
        }
        throw new ClassCastException(context + " expects " + type + " but received " + value.getClass());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object scalar(Class<?> wanted, String text) {
        if (wanted.isEnum()) {
            return Enum.valueOf((Class) wanted, text);
        }
        if (wanted == Boolean.class) {
            return Boolean.valueOf(text);
        }
        if (wanted == Secret.class) {
            return Secret.fromString(text);
        }
        return wanted == Integer.class ? (Object) Integer.valueOf(text) : Long.valueOf(text);
    }

    private static List<Object> list(String context, Type element, List<?> given, TaskListener listener)
            throws ReflectiveOperationException {
        List<Object> values = new ArrayList<>();
        for (Object item : given) {
            values.add(coerce(context, element, item, listener));
        }
        return values;
    }

    private static Type elementOf(Type list) {
        return list instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : Object.class;
    }

    private static Object object(Class<?> wanted, Map<?, ?> given, TaskListener listener)
            throws ReflectiveOperationException {
        Map<String, Object> arguments = new LinkedHashMap<>();
        given.forEach((name, value) -> arguments.put((String) name, value));
        Class<?> type = resolve(wanted, (String) arguments.remove(DescribableModel.CLAZZ));
        return new DescribableModel<>(type).instantiate(arguments, listener);
    }

    /** The class to build: by its full name, or by its simple name among the subclasses of the wanted one. */
    private static Class<?> resolve(Class<?> base, String name) throws ClassNotFoundException {
        if (name == null) {
            if (Modifier.isAbstract(base.getModifiers())) {
                throw new UnsupportedOperationException(
                        "must specify " + DescribableModel.CLAZZ + " with an implementation of " + base.getName());
            }
            return base;
        }
        ClassLoader loader = Jenkins.get().pluginManager.uberClassLoader;
        if (name.contains(".")) {
            return Class.forName(name, true, loader);
        }
        for (String candidate : Subtypes.names()) {
            if (candidate.matches(".*[.$]" + java.util.regex.Pattern.quote(name))) {
                Class<?> type = Class.forName(candidate, true, loader);
                if (base.isAssignableFrom(type)) {
                    return type;
                }
            }
        }
        throw new UnsupportedOperationException("no known implementation of " + base + " is named " + name);
    }
}

package org.jenkinsci.plugins.structs.describable;

import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;

/** The kind of a parameter, in the words of {@code structs}: {@code String}, {@code String[]}, {@code Mode[NORMAL, EXCLUSIVE]}, {@code Cloud...}. */
public record ParameterType(String text) {
    static ParameterType of(Type type) {
        return new ParameterType(textOf(type));
    }

    private static String textOf(Type type) {
        Class<?> erased = Coercion.erase(type);
        String name = erased.getSimpleName();
        if (erased.isEnum()) {
            return name + Arrays.stream(erased.getEnumConstants()).map(one -> ((Enum<?>) one).name()).toList();
        }
        if (erased.isPrimitive() || erased.getName().startsWith("java.lang.")) {
            return name;
        }
        if (Collection.class.isAssignableFrom(erased)) {
            return textOf(type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : Object.class) + "[]";
        }
        // An object of one of several classes is named by $class.
        return Modifier.isAbstract(erased.getModifiers()) ? name + "..." : name;
    }

    @Override
    public String toString() {
        return text;
    }
}

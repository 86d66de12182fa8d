package org.jenkinsci.plugins.structs.describable;

import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;

/** The kind of a parameter, named as in {@code structs}. */
public abstract class ParameterType {
    private final Type actualType;

    private ParameterType(Type actualType) {
        this.actualType = actualType;
    }

    public Type getActualType() {
        return actualType;
    }

    static ParameterType of(Type type) {
        Class<?> erased = Coercion.erase(type);
        if (erased.isEnum()) {
            return new EnumType(type, erased);
        }
        if (erased.isPrimitive() || erased.getName().startsWith("java.lang.")) {
            return new AtomicType(type, erased);
        }
        if (Collection.class.isAssignableFrom(erased)) {
            Type element = type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : Object.class;
            return new ArrayType(type, of(element));
        }
        return Modifier.isAbstract(erased.getModifiers())
                ? new HeterogeneousObjectType(type, erased)
                : new HomogeneousObjectType(type, erased);
    }

    /** A string, number or boolean. */
    public static final class AtomicType extends ParameterType {
        private final Class<?> type;

        AtomicType(Type actual, Class<?> type) {
            super(actual);
            this.type = type;
        }

        public Class<?> getType() {
            return type;
        }

        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    /** An enum. */
    public static final class EnumType extends ParameterType {
        private final Class<?> type;

        EnumType(Type actual, Class<?> type) {
            super(actual);
            this.type = type;
        }

        public Class<?> getType() {
            return type;
        }

        public String[] getValues() {
            return Arrays.stream(type.getEnumConstants()).map(one -> ((Enum<?>) one).name()).toArray(String[]::new);
        }

        @Override
        public String toString() {
            return type.getSimpleName() + Arrays.toString(getValues());
        }
    }

    /** A list. */
    public static final class ArrayType extends ParameterType {
        private final ParameterType elementType;

        ArrayType(Type actual, ParameterType elementType) {
            super(actual);
            this.elementType = elementType;
        }

        public ParameterType getElementType() {
            return elementType;
        }

        @Override
        public String toString() {
            return elementType + "[]";
        }
    }

    /** An object of one class. */
    public static final class HomogeneousObjectType extends ParameterType {
        private final Class<?> type;

        HomogeneousObjectType(Type actual, Class<?> type) {
            super(actual);
            this.type = type;
        }

        public Class<?> getType() {
            return type;
        }

        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    /** An object of one of several classes, named by {@code $class}. */
    public static final class HeterogeneousObjectType extends ParameterType {
        private final Class<?> type;

        HeterogeneousObjectType(Type actual, Class<?> type) {
            super(actual);
            this.type = type;
        }

        public Class<?> getType() {
            return type;
        }

        @Override
        public String toString() {
            return type.getSimpleName() + "...";
        }
    }
}

package org.jenkinsci.plugins.structs.describable;

import java.lang.reflect.Method;
import java.lang.reflect.Type;

/** One data-bound parameter. Those of the constructor are "required", which no one enforces. */
public final class DescribableParameter {
    private final DescribableModel<?> parent;
    private final String name;
    private final Type type;
    private final Method setter;

    DescribableParameter(DescribableModel<?> parent, String name, Type type, Method setter) {
        this.parent = parent;
        this.name = name;
        this.type = type;
        this.setter = setter;
    }

    public String getName() {
        return name;
    }

    public String getCapitalizedName() {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    public boolean isRequired() {
        return setter == null;
    }

    public ParameterType getType() {
        return ParameterType.of(type);
    }

    public Class<?> getErasedType() {
        return Coercion.erase(type);
    }

    public boolean isDeprecated() {
        return setter != null && setter.isAnnotationPresent(Deprecated.class);
    }

    public DescribableModel<?> getParent() {
        return parent;
    }

    Type javaType() {
        return type;
    }

    Method setter() {
        return setter;
    }

    @Override
    public String toString() {
        return name + (isRequired() ? "" : "?") + ": " + getType();
    }
}

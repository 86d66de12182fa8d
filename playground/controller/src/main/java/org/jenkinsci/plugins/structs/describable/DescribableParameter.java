package org.jenkinsci.plugins.structs.describable;

import java.lang.reflect.Method;
import java.lang.reflect.Type;

/** One data-bound parameter. Those of the constructor are "required", which no one enforces. */
public final class DescribableParameter {
    private final String name;
    private final Type type;
    private final Method setter;

    DescribableParameter(String name, Type type, Method setter) {
        this.name = name;
        this.type = type;
        this.setter = setter;
    }

    public String getName() {
        return name;
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

    Type javaType() {
        return type;
    }

    Method setter() {
        return setter;
    }
}

package org.jenkinsci.plugins.structs.describable;

import hudson.model.TaskListener;
import hudson.util.LogTaskListener;
import hudson.util.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Builds an object from a map by the names of its data-bound parameters, as the plugin {@code structs} does: missing ones
 * are not noticed, unknown ones are a warning on the listener, and the text of an error holds the whole map.
 */
public final class DescribableModel<T> {
    public static final String CLAZZ = "$class";

    private static final Logger LOGGER = Logger.getLogger(DescribableModel.class.getName());

    private final Class<T> type;
    private final Constructor<T> constructor;
    private final Map<String, DescribableParameter> parameters = new LinkedHashMap<>();

    public DescribableModel(Class<T> type) {
        this.type = type;
        this.constructor = dataBoundConstructor(type);
        for (Parameter parameter : constructor.getParameters()) {
            add(new DescribableParameter(parameter.getName(), parameter.getParameterizedType(), null));
        }
        Arrays.stream(type.getMethods())
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                .sorted(Comparator.comparing(Method::getName))
                .forEach(this::addSetter);
    }

    private void addSetter(Method setter) {
        String name = Character.toLowerCase(setter.getName().charAt(3)) + setter.getName().substring(4);
        if (!parameters.containsKey(name)) {
            add(new DescribableParameter(name, setter.getGenericParameterTypes()[0], setter));
        }
    }

    private void add(DescribableParameter parameter) {
        parameters.put(parameter.getName(), parameter);
    }

    @SuppressWarnings("unchecked")
    private static <T> Constructor<T> dataBoundConstructor(Class<T> type) {
        for (Constructor<?> candidate : type.getConstructors()) {
            if (candidate.isAnnotationPresent(DataBoundConstructor.class)) {
                return (Constructor<T>) candidate;
            }
        }
        throw new NoStaplerConstructorException("There's no @DataBoundConstructor on any constructor of " + type);
    }

    /** As in Stapler. */
    public static final class NoStaplerConstructorException extends IllegalArgumentException {
        NoStaplerConstructorException(String message) {
            super(message);
        }
    }

    public Class<T> getType() {
        return type;
    }

    public Collection<DescribableParameter> getParameters() {
        return parameters.values();
    }

    public DescribableParameter getParameter(String name) {
        return parameters.get(name);
    }

    public T instantiate(Map<String, ?> arguments) {
        return instantiate(arguments, null);
    }

    /** @param listener receives a line for unknown names; null for the log */
    public T instantiate(Map<String, ?> arguments, TaskListener listener) {
        TaskListener said = listener == null ? new LogTaskListener(LOGGER, Level.WARNING) : listener;
        try {
            if (Modifier.isAbstract(type.getModifiers())) {
                throw new InstantiationException(type.getName() + " is abstract");
            }
            T built = constructor.newInstance(constructorArguments(arguments, said));
            for (DescribableParameter parameter : parameters.values()) {
                if (parameter.setter() != null && arguments.containsKey(parameter.getName())) {
                    parameter.setter().invoke(built, argument(parameter, arguments, said));
                }
            }
            warnOfUnknown(arguments, said);
            return built;
        } catch (ReflectiveOperationException | RuntimeException problem) {
            throw new IllegalArgumentException(
                    "Could not instantiate " + printed(arguments) + " for " + type.getName() + ": " + problem, problem);
        }
    }

    private Object[] constructorArguments(Map<String, ?> arguments, TaskListener listener)
            throws ReflectiveOperationException {
        List<Object> values = new ArrayList<>();
        for (Parameter parameter : constructor.getParameters()) {
            values.add(argument(parameters.get(parameter.getName()), arguments, listener));
        }
        return values.toArray();
    }

    private Object argument(DescribableParameter parameter, Map<String, ?> arguments, TaskListener listener)
            throws ReflectiveOperationException {
        Object given = arguments.get(parameter.getName());
        if (given == null) {
            return Coercion.defaultOf(parameter.getErasedType());
        }
        return Coercion.coerce(type.getName() + "." + parameter.getName(), parameter.javaType(), given, listener);
    }

    private void warnOfUnknown(Map<String, ?> arguments, TaskListener listener) {
        TreeSet<String> unknown = new TreeSet<>(arguments.keySet());
        unknown.removeAll(parameters.keySet());
        unknown.remove(CLAZZ);
        if (!unknown.isEmpty()) {
            listener.getLogger()
                    .println("WARNING: Unknown parameter(s) found for class type '" + type.getName() + "': "
                            + String.join(",", unknown));
        }
    }

    /** All arguments as they are, but Secrets: this is what leaks. */
    private static String printed(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + printed(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(DescribableModel::printed).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof Secret ? "****" : String.valueOf(value);
    }
}

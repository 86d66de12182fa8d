package standin.generation;

import hudson.util.PersistedList;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the methods of generated classes call. Generated code is as thin as can be, so that the work is in Java. */
public final class GeneratedObject {
    private static final Map<Class<?>, Map<String, Field>> FIELDS = new ConcurrentHashMap<>();

    /** What a new object begins with, by simple class name: as in the sources of ec2 2063. Contracts have no defaults. */
    private static final Map<String, Map<String, Object>> INITIAL_VALUES = Map.of(
            "SlaveTemplate", Map.of("discardAfterGracePeriod", true),
            "HotSpareConfigByLabel",
                    Map.of("scalingFactor", 5, "idleTimeoutMinutes", 15, "discardAfterGracePeriod", true));

    private GeneratedObject() {}

    /** Implemented by hand-written superclasses that complete an object once its constructor has stored everything. */
    public interface Constructed {
        void constructed();
    }

    /** Stores a parameter, in the way that the plugin keeps it. */
    public static void set(Object object, String parameter, Object value) {
        Storage storage = Storage.of(parameter, null);
        try {
            field(object.getClass(), storage.field()).orElseThrow().set(object, storage.in().apply(writable(value)));
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Lists of any class become ones that can be written to config.xml. */
    private static Object writable(Object value) {
        return value instanceof List<?> list && !(value instanceof PersistedList) ? new ArrayList<>(list) : value;
    }

    /** Reads a parameter back, as the getter of its name gives it. */
    public static Object get(Object object, String parameter) {
        Storage storage = Storage.of(parameter, null);
        Optional<Field> field = field(object.getClass(), storage.field());
        if (field.isPresent()) {
            return storage.out().apply(read(object, field.get()));
        }
        throw new UnsupportedOperationException(
                "The stand-in does not have " + object.getClass().getName() + "." + parameter);
    }

    /** As {@link #get}, but null where the object has no such parameter: another generation may. */
    @SuppressWarnings("unchecked")
    public static <T> T find(Object object, String parameter) {
        return field(object.getClass(), Storage.of(parameter, null).field()).isEmpty() ? null : (T) get(object, parameter);
    }

    /** For getters that read a number out of a String parameter, as getNumExecutors does; 1 where it holds none. */
    public static int getInt(Object object, String parameter) {
        Object value = get(object, parameter);
        if (value instanceof Integer number) {
            return number;
        }
        try {
            return Integer.parseInt((String) value);
        } catch (NumberFormatException none) {
            return 1;
        }
    }

    public static boolean getBoolean(Object object, String parameter) {
        return Boolean.TRUE.equals(get(object, parameter));
    }

    /** The last step of a generated constructor. */
    public static void constructed(Object object) {
        INITIAL_VALUES.getOrDefault(object.getClass().getSimpleName(), Map.of()).forEach((parameter, value) -> {
            if (field(object.getClass(), parameter).isPresent()) {
                set(object, parameter, value);
            }
        });
        if (object instanceof Constructed complete) {
            complete.constructed();
        }
    }

    /** equals of data classes (UnixData, EC2Tag, …): same class, same values. */
    public static boolean sameValues(Object one, Object other) {
        if (one == other) {
            return true;
        }
        if (other == null || one.getClass() != other.getClass()) {
            return false;
        }
        return fields(one.getClass()).values().stream()
                .allMatch(field -> Objects.equals(read(one, field), read(other, field)));
    }

    public static int hashOfValues(Object object) {
        return fields(object.getClass()).values().stream().mapToInt(field -> Objects.hashCode(read(object, field))).sum();
    }

    private static Object read(Object object, Field field) {
        try {
            return field.get(object);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Optional<Field> field(Class<?> type, String name) {
        return Optional.ofNullable(fields(type).get(name));
    }

    private static Map<String, Field> fields(Class<?> type) {
        return FIELDS.computeIfAbsent(type, GeneratedObject::declaredFields);
    }

    private static Map<String, Field> declaredFields(Class<?> type) {
        Map<String, Field> fields = new HashMap<>();
        for (Class<?> level = type; level != Object.class; level = level.getSuperclass()) {
            for (Field field : level.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    fields.putIfAbsent(field.getName(), field);
                }
            }
        }
        return fields;
    }
}

package jenkins.model;

import hudson.model.Descriptor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The descriptors of describable classes, made as they are asked for. */
final class Descriptors {
    private static final Map<Class<?>, Descriptor<?>> KNOWN = new ConcurrentHashMap<>();

    private Descriptors() {}

    static Descriptor<?> of(Class<?> type) {
        return KNOWN.computeIfAbsent(type, Descriptors::create);
    }

    /** The descriptor that is of this class, {@code EC2Cloud.DescriptorImpl}; null where there is none. */
    static Descriptor<?> byType(Class<?> descriptorType) {
        String described = descriptorType.getName().replace("$DescriptorImpl", "");
        try {
            Descriptor<?> found = of(Class.forName(described, true, descriptorType.getClassLoader()));
            return descriptorType.isInstance(found) ? found : null;
        } catch (ClassNotFoundException none) {
            return null;
        }
    }

    private static Descriptor<?> create(Class<?> type) {
        try {
            Class<?> own = Class.forName(type.getName() + "$DescriptorImpl", true, type.getClassLoader());
            return (Descriptor<?>) own.getConstructor().newInstance();
        } catch (ClassNotFoundException none) {
            return new Descriptor<>(type);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package jenkins.model;

import hudson.model.Descriptor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import standin.aws.CloudDescriptor;

/** The descriptors of describable classes, made as they are asked for. */
final class Descriptors {
    private static final Map<Class<?>, Descriptor<?>> KNOWN = new ConcurrentHashMap<>();

    private Descriptors() {}

    static Descriptor<?> of(Class<?> type) {
        return KNOWN.computeIfAbsent(type, Descriptors::create);
    }

    private static Descriptor<?> create(Class<?> type) {
        return hudson.slaves.Cloud.class.isAssignableFrom(type) ? new CloudDescriptor(type) : new Descriptor<>(type);
    }
}

package hudson.plugins.ec2;

import java.util.Arrays;

/** What a cloud is called: {@code AmazonEC2Cloud.createCloudId} of ec2 2.0.x puts "ec2-" before the user's name. */
public final class CloudNaming {
    public static final String CLOUD_ID_PREFIX = "ec2-";

    private CloudNaming() {}

    public static String createCloudId(String cloudName) {
        return CLOUD_ID_PREFIX + cloudName.trim();
    }

    /** The user's name of a cloud: without the prefix in the generation whose constructor takes a cloudName. */
    static String displayName(Class<?> cloudType, String name) {
        boolean prefixed = Arrays.stream(cloudType.getConstructors())
                .flatMap(constructor -> Arrays.stream(constructor.getParameters()))
                .anyMatch(parameter -> parameter.getName().equals("cloudName"));
        return prefixed ? withoutPrefix(name) : name;
    }

    public static String withoutPrefix(String name) {
        return name != null && name.startsWith(CLOUD_ID_PREFIX) ? name.substring(CLOUD_ID_PREFIX.length()) : name;
    }
}

package standin.generation;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.InstanceType;

/**
 * {@code com.amazonaws.services.ec2.model.InstanceType}, the enum of the AWS SDK for Java 1 that templates of the plugin
 * used until 2025: constants like {@code T3Micro} and {@code M5dn24xlarge}, {@code fromValue("t3.micro")}, and
 * {@code toString()} as EC2 writes the type. The types are those that the AWS SDK for Java 2 in use knows.
 */
public final class SdkInstanceTypes {
    static final String NAME = "com.amazonaws.services.ec2.model.InstanceType";

    private SdkInstanceTypes() {}

    /** The SDK 1 name of a type: its parts, each with a capital letter; {@code t3.2xlarge} is {@code T32xlarge}. */
    public static String constantName(String type) {
        StringBuilder name = new StringBuilder();
        for (String part : type.split("[.-]")) {
            name.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
        }
        return name.toString();
    }

    /** The type of a constant, {@code t3.micro} for {@code T3Micro}; what is no constant is given back. */
    public static String valueOf(String constant) {
        return constants().getOrDefault(constant, constant);
    }

    static Map<String, String> constants() {
        Map<String, String> constants = new LinkedHashMap<>();
        InstanceType.knownValues().stream()
                .map(InstanceType::toString)
                .sorted()
                .forEach(type -> constants.put(constantName(type), type));
        return constants;
    }
}

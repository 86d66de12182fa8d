package standin.generation;

import java.util.Arrays;

/** What generated enums call. */
public final class EnumSupport {
    private EnumSupport() {}

    @SuppressWarnings({"unchecked", "rawtypes"})
    public static Enum<?> nameOf(Class type, String name) {
        return Enum.valueOf(type, name);
    }

    /** The constant that prints as {@code value}, as the enums of the AWS SDK for Java 1 have it. */
    public static Enum<?> constantOf(Class<? extends Enum<?>> type, String value) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("Value cannot be null or empty!");
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.toString().equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Cannot create enum from " + value + " value!"));
    }
}

package hudson.util;

import java.util.Arrays;
import java.util.List;

/**
 * A version that compares: parts are split at dots, dashes and changes between digits and letters; numbers compare as
 * numbers and are newer than words.
 */
public class VersionNumber implements Comparable<VersionNumber> {
    private final String text;
    private final List<String> parts;

    public VersionNumber(String text) {
        this.text = text;
        this.parts = Arrays.asList(text.split("[.\\-_]|(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)"));
    }

    @Override
    public int compareTo(VersionNumber other) {
        for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
            int difference = compare(i < parts.size() ? parts.get(i) : "0", i < other.parts.size() ? other.parts.get(i) : "0");
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private static int compare(String one, String other) {
        boolean oneIsNumber = !one.isEmpty() && Character.isDigit(one.charAt(0));
        boolean otherIsNumber = !other.isEmpty() && Character.isDigit(other.charAt(0));
        if (oneIsNumber && otherIsNumber) {
            return new java.math.BigInteger(one).compareTo(new java.math.BigInteger(other));
        }
        return oneIsNumber ? 1 : otherIsNumber ? -1 : one.compareTo(other);
    }

    public boolean isOlderThan(VersionNumber other) {
        return compareTo(other) < 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionNumber version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}

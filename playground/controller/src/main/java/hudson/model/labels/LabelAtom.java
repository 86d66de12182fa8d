package hudson.model.labels;

import java.util.LinkedHashSet;
import java.util.Set;

/** One label. The stand-in has no label expressions. */
public record LabelAtom(String name) implements Comparable<LabelAtom> {
    public String getName() {
        return name;
    }

    /** The labels of a space-separated list. */
    public static Set<LabelAtom> parse(String labels) {
        Set<LabelAtom> atoms = new LinkedHashSet<>();
        if (labels != null) {
            for (String label : labels.trim().split("\\s+")) {
                if (!label.isEmpty()) {
                    atoms.add(new LabelAtom(label));
                }
            }
        }
        return atoms;
    }

    @Override
    public int compareTo(LabelAtom other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}

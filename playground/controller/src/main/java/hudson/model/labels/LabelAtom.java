package hudson.model.labels;

import hudson.model.Label;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/** One label. */
public final class LabelAtom extends Label {
    public LabelAtom(String name) {
        super(name);
    }

    public String name() {
        return name;
    }

    @Override
    public boolean matches(Predicate<String> has) {
        return has.test(name);
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
}

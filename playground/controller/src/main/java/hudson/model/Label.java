package hudson.model;

import hudson.model.labels.LabelAtom;
import hudson.model.labels.LabelExpression;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** Agents by what jobs ask for: a label, or an expression of labels. */
public abstract class Label extends Actionable implements Comparable<Label> {
    public final LoadStatistics loadStatistics = new LoadStatistics();
    protected final String name;

    protected Label(String name) {
        this.name = name;
    }

    public String getName() {
        return name;
    }

    public String getExpression() {
        return name;
    }

    /** @param has whether there is a label of that name */
    public abstract boolean matches(Predicate<String> has);

    public final boolean matches(Collection<LabelAtom> labels) {
        return matches(wanted -> labels.stream().anyMatch(label -> label.name().equals(wanted)));
    }

    public final boolean matches(Node node) {
        return matches(node.getAssignedLabels());
    }

    public Set<Node> getNodes() {
        return Jenkins.get().getNodes().stream().filter(this::matches).collect(Collectors.toSet());
    }

    public static Label parseExpression(String text) {
        return LabelExpression.parse(text);
    }

    @Override
    public int compareTo(Label other) {
        return name.compareTo(other.name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Label label && label.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}

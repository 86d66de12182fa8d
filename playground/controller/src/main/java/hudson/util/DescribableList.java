package hudson.util;

import hudson.model.Saveable;
import java.util.Collection;

/** A list of configurable things. */
public class DescribableList<T> extends PersistedList<T> {
    public DescribableList() {}

    public DescribableList(Saveable owner) {
        setOwner(owner);
    }

    public DescribableList(Saveable owner, Collection<? extends T> initial) {
        super(initial);
        setOwner(owner);
    }
}

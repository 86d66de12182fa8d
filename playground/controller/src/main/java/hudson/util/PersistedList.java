package hudson.util;

import hudson.model.Saveable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A list that saves its owner when it changes. {@code replace} and {@code clear} do not, as in Jenkins. */
public class PersistedList<T> extends AbstractList<T> {
    protected volatile List<T> data = new CopyOnWriteArrayList<>();
    protected transient Saveable owner = Saveable.NOOP;

    public PersistedList() {}

    public PersistedList(Collection<? extends T> initial) {
        data = new CopyOnWriteArrayList<>(initial);
    }

    public void setOwner(Saveable owner) {
        this.owner = owner;
    }

    @Override
    public boolean add(T item) {
        data.add(item);
        modified();
        return true;
    }

    @Override
    public boolean addAll(Collection<? extends T> items) {
        data.addAll(items);
        modified();
        return true;
    }

    public void replaceBy(Collection<? extends T> items) throws IOException {
        data = new CopyOnWriteArrayList<>(items);
        onModified();
    }

    /** Puts one item in the place of another. Nothing is written: call save() of the owner. */
    public void replace(T from, T to) throws IOException {
        List<T> copy = new ArrayList<>(data);
        copy.replaceAll(item -> item.equals(from) ? to : item);
        data = new CopyOnWriteArrayList<>(copy);
    }

    @Override
    public boolean remove(Object item) {
        boolean removed = data.remove(item);
        if (removed) {
            modified();
        }
        return removed;
    }

    public void remove(Class<? extends T> type) throws IOException {
        data.removeIf(item -> item.getClass() == type);
        onModified();
    }

    public void removeAll(Class<? extends T> type) throws IOException {
        data.removeIf(item -> item.getClass() == type);
        onModified();
    }

    @Override
    public void clear() {
        data.clear();
    }

    @Override
    public T get(int index) {
        return data.get(index);
    }

    public <U extends T> U get(Class<U> type) {
        return data.stream().filter(type::isInstance).map(type::cast).findFirst().orElse(null);
    }

    public <U extends T> List<U> getAll(Class<U> type) {
        return data.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public List<T> toList() {
        return new ArrayList<>(data);
    }

    @Override
    public int size() {
        return data.size();
    }

    @Override
    public Iterator<T> iterator() {
        return data.iterator();
    }

    protected void onModified() throws IOException {
        owner.save();
    }

    private void modified() {
        try {
            onModified();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

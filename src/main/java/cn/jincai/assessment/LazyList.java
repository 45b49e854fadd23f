package cn.jincai.assessment;

import java.util.AbstractList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A list that is made when somebody reads it, once. What makes it has to give the same again, so that two readers at once do no harm. */
public final class LazyList<T> extends AbstractList<T> {
    private final Supplier<List<T>> make;
    private volatile @Nullable List<T> made;

    public LazyList(Supplier<List<T>> make) {
        this.make = make;
    }

    private List<T> made() {
        List<T> there = made;
        if (there == null) made = there = make.get();
        return there;
    }

    @Override
    public T get(int index) {
        return made().get(index);
    }

    @Override
    public int size() {
        return made().size();
    }
}

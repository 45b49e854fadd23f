package cn.jincai.kernel;

import java.util.List;

/** One page of a list; pages count from 0. */
public record Page<T>(List<T> items, int page, int size, long total) {
    public static final int LARGEST = 100;

    public Page {
        items = List.copyOf(items);
    }

    /** How many rows come before this page; a size is kept between 1 and 100. */
    public static long offset(int page, int size) {
        return (long) Math.max(0, page) * size(size);
    }

    public static int size(int asked) {
        return Math.min(Math.max(1, asked), LARGEST);
    }
}

package cn.jincai;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A start needs some eleven thousand classes out of more than a hundred libraries, and one thread that finds, reads and verifies them as it comes to each is
 * much of the wait. A second thread goes ahead of it through the list of an earlier start (docs/decisions/0072). A name that is gone is passed over, so an old
 * list costs time and nothing else.
 */
final class ClassesAhead {
    /** Made by {@code src/bench/classes-ahead.sh}, in the order of loading. */
    private static final String LIST = "/META-INF/classes-ahead.txt";

    private ClassesAhead() {}

    static void load() {
        System.setProperty(
                "spring.backgroundpreinitializer.ignore",
                "true"); // Spring Boot's own second thread, which would start a Bean Validation that nobody here uses
        Thread ahead = new Thread(ClassesAhead::all, "classes-ahead");
        ahead.setDaemon(true);
        ahead.start();
    }

    private static void all() {
        ClassLoader loader = ClassesAhead.class.getClassLoader();
        try (InputStream list = ClassesAhead.class.getResourceAsStream(LIST)) {
            if (list != null)
                new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))
                        .lines()
                        .forEach(name -> one(name, loader));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loaded and verified, not initialised: what a class does first it does when the start comes to it. */
    private static void one(String name, ClassLoader loader) {
        try {
            Class.forName(name, false, loader).getDeclaredConstructors();
        } catch (ClassNotFoundException | LinkageError gone) {
            // the start will say what it misses, if it misses it
        }
    }
}

package cn.jincai.process.worklists;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One of an officer's lists.
 *
 * @param of what of the kind: a scheme, or the number of a span of sums; null elsewhere
 */
public record WorkList(Kind kind, @Nullable String of) {
    private static final Pattern CODE = Pattern.compile("([a-z]+(?:-[a-z]+)?)(?:_([\\w-]{1,40}))?");

    public static final WorkList ALL = new WorkList(Kind.ALL, null);

    public enum Kind {
        ALL("all"),
        MINE("mine"),
        TO_TAKE("to-take"),
        DUE_TODAY("due-today"),
        OVERDUE("overdue"),
        REMINDED("reminded"),
        RETURNED("returned"),
        SCHEME("scheme"),
        AMOUNT("amount"),
        COLLEAGUES("colleagues"),
        WAITING("waiting");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    public String code() {
        return of == null ? kind.code : kind.code + "_" + of;
    }

    public static Optional<WorkList> find(String code) {
        var told = CODE.matcher(code);
        if (!told.matches()) return Optional.empty();
        return Stream.of(Kind.values())
                .filter(kind -> kind.code.equals(told.group(1)))
                .filter(kind -> (kind == Kind.SCHEME || kind == Kind.AMOUNT) == (told.group(2) != null))
                .map(kind -> new WorkList(kind, told.group(2)))
                .findFirst();
    }
}

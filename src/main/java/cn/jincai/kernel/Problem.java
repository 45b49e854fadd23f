package cn.jincai.kernel;

import java.util.List;

/**
 * Something that can't be done as asked: why, where, and the way out, in words that may be shown. It never holds a personal value
 * unmasked. {@code web} turns it into an RFC 9457 answer or a page; throwing it rolls the step back.
 */
public class Problem extends RuntimeException {
    /** 400, 403, 404, 409, 412, 413, 422, 429 and 503 on HTTP, which only {@code web} knows. */
    public enum Kind {
        MALFORMED,
        FORBIDDEN,
        NOT_FOUND,
        CONFLICT,
        STALE,
        TOO_LARGE,
        INVALID,
        TOO_MANY,
        UNAVAILABLE
    }

    /** One mistake: the field (a form's key, {@code facts.NAME} ...), a code that programs read and a sentence that people read. */
    public record Mistake(String field, String code, Text message) {
        /** The code is what stands behind the key's last dot: {@code applicant.name.REQUIRED}. */
        public static Mistake of(String field, String key, Object... values) {
            return new Mistake(field, codeOf(key), Text.of(key, values));
        }
    }

    private final Kind kind;
    private final String code;
    private final Text text;
    private final List<Mistake> mistakes;

    public Problem(Kind kind, String code, Text text, List<Mistake> mistakes) {
        super(kind + " " + code);
        this.kind = kind;
        this.code = code;
        this.text = text;
        this.mistakes = List.copyOf(mistakes);
    }

    /** The code is what stands behind the key's last dot: {@code filing.NOT_A_DRAFT}. */
    public static Problem of(Kind kind, String key, Object... values) {
        return new Problem(kind, codeOf(key), Text.of(key, values), List.of());
    }

    public static Problem conflict(String key, Object... values) {
        return of(Kind.CONFLICT, key, values);
    }

    public static Problem forbidden(String key, Object... values) {
        return of(Kind.FORBIDDEN, key, values);
    }

    public static Problem invalid(String field, String key, Object... values) {
        Text text = Text.of(key, values);
        return new Problem(Kind.INVALID, codeOf(key), text, List.of(new Mistake(field, codeOf(key), text)));
    }

    /** What programs read of a key. */
    public static String codeOf(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** What does not exist and what does not concern one look the same, so that numbers can't be tried out. */
    public static Problem notFound() {
        return of(Kind.NOT_FOUND, "kernel.NOT_FOUND");
    }

    /** A disk is full, or can't be written or read; nothing came of the step, and what was there before stays. */
    public static Problem diskUnavailable() {
        return of(Kind.UNAVAILABLE, "kernel.PAPERS_UNAVAILABLE");
    }

    public static Problem invalid(List<Mistake> mistakes) {
        return new Problem(Kind.INVALID, "INVALID", Text.of("kernel.INVALID"), mistakes);
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public Text text() {
        return text;
    }

    public List<Mistake> mistakes() {
        return mistakes;
    }
}

package cn.jincai.filing.sight;

/** How much a reader sees of a class of fields; of two roles the one that sees more counts. */
public enum Shown {
    OPEN,
    /** Opened by a click, with a purpose that is recorded. */
    MASKED,
    CLOSED
}

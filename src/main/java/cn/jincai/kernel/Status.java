package cn.jincai.kernel;

/** How far a value can be trusted; it travels with every rule, parameter and reason (rulebook, head). */
public enum Status {
    SOURCED,
    UNVERIFIED,
    ILLUSTRATIVE
}

package cn.jincai.policy;

/** A check that a package has to pass before it is published, made by a room that understands a part of it: rules, worked cases, diagrams. */
public interface PackageCheck {
    /** Adds what is wrong to the findings; a package that passes adds none. It never throws for what stands in the package. */
    void check(PolicyPackage candidate, Findings findings);

    /** What can be said of a package that can't be read whole, so that its author learns as much as possible at once; nothing by default. */
    default void checkBroken(PolicyPackage asFarAsRead, Findings findings) {}
}

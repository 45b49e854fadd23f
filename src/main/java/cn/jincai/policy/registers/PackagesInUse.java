package cn.jincai.policy.registers;

import java.util.Set;

/** Told by each room in which something goes on by a package that may be in force no more: cases on their way, grants that are still paid. */
public interface PackagesInUse {
    /** Hashes. */
    Set<String> hashes();
}

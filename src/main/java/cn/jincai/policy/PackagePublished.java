package cn.jincai.policy;

/** A package is in force or will be. Its diagrams are deployed in the same transaction. */
public record PackagePublished(String scheme, String hash) {}

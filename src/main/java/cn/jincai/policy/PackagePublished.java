package cn.jincai.policy;

/** A package is in force or will be; also told of each such package at every start. Its diagrams are deployed in the same transaction. */
public record PackagePublished(String scheme, String hash) {}

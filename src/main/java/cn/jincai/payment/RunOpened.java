package cn.jincai.payment;

/** A run has payments to make; the diagram of this package leads it. */
public record RunOpened(String run, String packageHash) {}

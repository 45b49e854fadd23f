package cn.jincai.payment;

/** A half-yearly run has payments to make; the diagram of this package leads it. */
public record RunOpened(String run, String packageHash) {}

package cn.jincai.payment;

/** The bank's answer to a payment is on record: paid, or refused with a code. */
public record BankAnswered(long payment, boolean paid) {}

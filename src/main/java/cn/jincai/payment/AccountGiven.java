package cn.jincai.payment;

/** The applicant gave the account that was asked for; the payment is due again. */
public record AccountGiven(long payment) {}

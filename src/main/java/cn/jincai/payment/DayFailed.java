package cn.jincai.payment;

/** On the day of sending a check of rulebook 7.11 failed: the approved payment is parked and stands at {@code payment-make} again. */
public record DayFailed(long payment) {}

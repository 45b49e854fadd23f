package cn.jincai.assessment;

import java.time.LocalDate;

/**
 * One part of a sum.
 *
 * @param number      from 1
 * @param from        first day on which it may be applied for, or null
 * @param to          last day, or null
 * @param provisional the notice of the year of {@code to} is not loaded, so the day may move
 */
public record Instalment(int number, long amountFen, LocalDate from, LocalDate to, boolean provisional) {}

package cn.jincai.assessment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One part of a sum.
 *
 * @param number      from 1
 * @param from        first day on which it may be applied for, or null
 * @param to          last day, or null
 * @param provisional the notice of the year of {@code to} is not loaded, so the day may move
 */
public record Instalment(
        @JsonProperty("number") int number,
        @JsonProperty("amountFen") long amountFen,
        @JsonProperty("from") @Nullable LocalDate from,
        @JsonProperty("to") @Nullable LocalDate to,
        @JsonProperty("provisional") boolean provisional) {}

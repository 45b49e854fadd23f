package cn.jincai.sampling;

import java.time.Instant;
import java.time.YearMonth;

/**
 * The sample of a month.
 *
 * @param seed           hash of the record's last entry of that month, which nobody could know before the month was over nor change after it
 * @param seedEntry      that entry's number
 * @param percent        how much of each list was drawn, rounded up
 * @param populationHash SHA-256 of {@link MonthlySamples#population}, as a file
 * @param population     cases decided in the month
 * @param drawn          of them
 * @param open           drawn ones that nobody has judged yet
 * @param deficient      those that were not in order
 * @param due            measures that wait to be carried out
 */
public record MonthlySample(
        YearMonth month,
        String seed,
        long seedEntry,
        String populationHash,
        int percent,
        Instant drawnAt,
        int population,
        int drawn,
        int open,
        int deficient,
        int due) {}

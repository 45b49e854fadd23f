package cn.jincai.simulation;

import cn.jincai.assessment.explanation.BenefitChange;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a what-if run as plain numbers, one object a thread, added up at the end. A cell is a benefit (the last one stands for the person as a whole), a
 * year, a group of the breakdown and a change; it holds people, fen before and fen after.
 */
final class WhatIfTally {
    static final int CHANGES = BenefitChange.values().length;

    final int benefits, years, groups, funds;
    final long[] cells;
    /** By fund and year: people granted by either package, fen before, fen after. */
    final long[] budget;

    final ChangePatterns patterns = new ChangePatterns();
    long people, failed;
    /** The first that failed, and how. */
    long firstFailed = Long.MAX_VALUE;

    @Nullable
    String failure;

    WhatIfTally(int benefits, int years, int groups, int funds) {
        this.benefits = benefits;
        this.years = years;
        this.groups = groups;
        this.funds = funds;
        cells = new long[(benefits + 1) * years * groups * CHANGES * 3];
        budget = new long[funds * (years + PayYears.LATER) * 3];
    }

    int cell(int benefit, int year, int group, BenefitChange change) {
        return (((benefit * years + year) * groups + group) * CHANGES + change.ordinal()) * 3;
    }

    void count(int cell, long beforeFen, long afterFen) {
        cells[cell]++;
        cells[cell + 1] += beforeFen;
        cells[cell + 2] += afterFen;
    }

    int budget(int fund, int year) {
        return (fund * (years + PayYears.LATER) + year) * 3;
    }

    void fail(long person, RuntimeException e) {
        failed++;
        if (person >= firstFailed) return;
        firstFailed = person;
        failure = e.getClass().getSimpleName(); // its text might hold a fact
    }

    void add(WhatIfTally other) {
        for (int i = 0; i < cells.length; i++) cells[i] += other.cells[i];
        for (int i = 0; i < budget.length; i++) budget[i] += other.budget[i];
        patterns.add(other.patterns);
        people += other.people;
        failed += other.failed;
        if (other.firstFailed < firstFailed) {
            firstFailed = other.firstFailed;
            failure = other.failure;
        }
    }
}

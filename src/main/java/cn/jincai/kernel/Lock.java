package cn.jincai.kernel;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What all nodes do one after the other: each has its row in {@code locks} (decision 129). */
public enum Lock {
    ABSENCES("absences"),
    DOCUMENT_NUMBERS("document-numbers"),
    MONTHLY_SAMPLES("monthly-samples"),
    RUNS("half-yearly-runs"),
    PACKAGES("packages"),
    PERSONS_ALIKE("persons-alike"),
    PLACES("places-of-a-year"),
    ROSTERS("rosters"),
    TASKLIST_SETUP("tasklist-setup");

    private final String row;

    Lock(String row) {
        this.row = row;
    }

    /** Until the caller's transaction ends. */
    public void hold(JdbcClient jdbc) {
        jdbc.sql("select name from locks where name = ? for update")
                .param(row)
                .query(String.class)
                .single();
    }
}

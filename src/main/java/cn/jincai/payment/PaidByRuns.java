package cn.jincai.payment;

import cn.jincai.filing.Case;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.policy.Scheme;
import cn.jincai.review.DecidedBenefit;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Decisions whose benefits runs pay, and whom the next run has to look at. */
@Component
class PaidByRuns {
    private final JdbcClient jdbc;
    private final RunMonths months;

    PaidByRuns(JdbcClient jdbc, RunMonths months) {
        this.jdbc = jdbc;
        this.months = months;
    }

    /** Writes down a decision that runs will pay, from the month after it or after the application as the scheme says. */
    void enrol(Case file, Scheme scheme, DecidedBenefit benefit, LocalDate decidedOn) {
        if (jdbc.sql("select count(*) > 0 from run_benefits where case_number = ? and benefit = ?")
                .params(file.number().value(), benefit.code())
                .query(Boolean.class)
                .single()) return;
        jdbc.sql(
                        "insert into run_benefits (case_number, benefit, scheme, package_hash, person_key, decided_on, monthly_fen, months_limit, valid_years, pays_after) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        file.number().value(),
                        benefit.code(),
                        file.scheme(),
                        file.packageHash(),
                        file.person(),
                        decidedOn,
                        Objects.requireNonNull(benefit.monthly()).fen(),
                        Objects.requireNonNull(benefit.months())
                                + months.held(file.person(), benefit.code()).size(),
                        scheme.validYears(benefit.code()),
                        RunMonths.runs(scheme).life().fromApplication() ? file.assessedOn(decidedOn) : decidedOn))
                .update();
    }

    /** @param years for which the decision is valid, null where it does not end */
    private record Going(
            String number,
            String personKey,
            String benefit,
            LocalDate decidedOn,
            int months,
            @Nullable Integer years) {
        boolean isValid(LocalDate today) {
            return years == null || decidedOn.plusYears(years).isAfter(today);
        }
    }

    /** The account's cases of which runs may still pay something. */
    List<CaseNumber> going(String applicant, LocalDate today) {
        return jdbc.sql("""
                        select r.case_number as number, r.person_key, r.benefit, r.decided_on, r.months_limit as months, r.valid_years as years
                        from run_benefits r join cases c on c.case_number = r.case_number where c.applicant = ? and not exists (select 1 from ended_grants e where e.case_number = r.case_number and e.benefit = r.benefit) order by r.case_number""").param(applicant).query(Going.class).list().stream()
                .filter(going -> going.isValid(today) && counted(going) < going.months())
                .map(going -> new CaseNumber(going.number()))
                .distinct()
                .toList();
    }

    private long counted(Going going) {
        return jdbc.sql("select count(*) from run_months where person_key = ? and benefit = ? and held_key is not null")
                .params(going.personKey(), going.benefit())
                .query(Long.class)
                .single();
    }

    Optional<LocalDate> firstDecision(String scheme) {
        return jdbc.sql("select min(decided_on) from run_benefits where scheme = ?")
                .param(scheme)
                .query(LocalDate.class)
                .optional();
    }

    record Entitled(String personKey, String benefit) {}

    /** Who was decided on before the run and whose grant has not ended before its months, in one order. */
    List<Entitled> entitled(RunPeriod period) {
        return jdbc.sql("""
                        select distinct person_key, benefit from run_benefits r where scheme = ? and decided_on < ? and not exists (
                        select 1 from ended_grants e where e.case_number = r.case_number and e.benefit = r.benefit and e.ended_from <= ?) order by person_key, benefit""")
                .params(period.scheme(), period.day(), period.months().get(0).atDay(1))
                .query(Entitled.class)
                .list();
    }
}

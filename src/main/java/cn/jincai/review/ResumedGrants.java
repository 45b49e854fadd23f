package cn.jincai.review;

import cn.jincai.applicant.Persons;
import cn.jincai.document.IssuedDocuments;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A grant whose end was taken back is on record as in force again, and its person is told so by a numbered document. */
@Component
public class ResumedGrants {
    private final JdbcClient db;
    private final CaseFile cases;
    private final Persons persons;
    private final Packages packages;
    private final IssuedDocuments issued;
    private final CityClock clock;

    ResumedGrants(
            JdbcClient db,
            CaseFile cases,
            Persons persons,
            Packages packages,
            IssuedDocuments issued,
            CityClock clock) {
        this.db = db;
        this.cases = cases;
        this.persons = persons;
        this.packages = packages;
        this.issued = issued;
        this.clock = clock;
    }

    private record Since(String number, String scheme, String hash) {}

    /**
     * What was granted since the end was decided as if the grant had ended: it would come twice.
     *
     * @param numbers cases of one person whose grants ended
     * @param end     the day on which the end was found
     * @throws Problem CONFLICT with the numbers of the cases in which the person was granted something since by a scheme whose counts or pools name the benefit
     */
    public void mustNotBeCountedSince(List<CaseNumber> numbers, String benefit, LocalDate end) {
        String since = db
                .sql("""
                select distinct d.case_number as number, d.scheme, c.package_hash as hash from decided_benefits d join cases c on c.case_number = d.case_number
                where d.person_key in (:keys) and d.outcome = 'granted' and not d.given_up and d.decided_on >= :end and d.case_number not in (:numbers)
                order by d.case_number""")
                .param("keys", persons.documents(cases.get(numbers.get(0)).person()))
                .param("end", end)
                .param("numbers", numbers.stream().map(CaseNumber::value).toList())
                .query(Since.class)
                .list()
                .stream()
                .filter(one -> counts(one, benefit))
                .map(Since::number)
                .collect(Collectors.joining(", "));
        if (!since.isEmpty()) throw Problem.conflict("payment.end.GRANTED_SINCE", since);
    }

    /** Where its package can't be read nobody knows, so it may. */
    private boolean counts(Since one, String benefit) {
        return packages.ifWhole(one.hash).map(PolicyPackage::catalogue).stream()
                .allMatch(scheme -> scheme.facts().stream()
                                .anyMatch(fact -> fact.count() != null
                                        && fact.count().benefits().contains(benefit))
                        || scheme.rules().pools().stream()
                                .anyMatch(pool -> pool.benefits().contains(benefit)));
    }

    /** From now on own records tell of it as it was decided. */
    public void inForce(CaseNumber number, String benefit) {
        db.sql(
                        "update decided_benefits set ended_on = null, ended_amount_fen = null where case_number = ? and benefit = ?")
                .params(number.value(), benefit)
                .update();
    }

    /**
     * @param from   the first month that had not been paid
     * @param reason why the end is taken back, in the officers' words
     * @return the document's id
     */
    public long tell(CaseNumber number, String benefit, Text from, String reason) {
        Case file = cases.get(number);
        var scheme = packages.byHash(file.packageHash()).catalogue();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", file.answer("name"));
        data.put("documentNumber", Persons.maskNumber(file.answer("documentNumber")));
        data.put("scheme", scheme.name());
        data.put("submittedOn", file.applicationDate());
        data.put("items", List.of(Map.of("item", scheme.benefit(benefit).name(), "reason", from)));
        data.put("reason", Text.same(reason));
        return issued.issue(number, "grant-resumed", data, clock.instant());
    }
}

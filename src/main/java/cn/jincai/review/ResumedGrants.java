package cn.jincai.review;

import cn.jincai.applicant.Persons;
import cn.jincai.document.IssuedDocuments;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A grant whose end was taken back is on record as in force again, and its person is told so by a numbered document. */
@Component
public class ResumedGrants {
    private final JdbcClient db;
    private final CaseFile cases;
    private final Packages packages;
    private final IssuedDocuments issued;
    private final CityClock clock;

    ResumedGrants(JdbcClient db, CaseFile cases, Packages packages, IssuedDocuments issued, CityClock clock) {
        this.db = db;
        this.cases = cases;
        this.packages = packages;
        this.issued = issued;
        this.clock = clock;
    }

    /**
     * @param from   the first month that had not been paid
     * @param reason why the end is taken back, in the officers' words
     * @return the document's id
     */
    public long resume(CaseNumber number, String benefit, Text from, String reason) {
        db.sql(
                        "update decided_benefits set ended_on = null, ended_amount_fen = null where case_number = ? and benefit = ?")
                .params(number.value(), benefit)
                .update();
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

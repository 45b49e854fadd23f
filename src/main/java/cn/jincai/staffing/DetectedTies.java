package cn.jincai.staffing;

import cn.jincai.applicant.EmployerChanges;
import cn.jincai.applicant.Persons;
import cn.jincai.applicant.likeness.CloseOfficers;
import cn.jincai.applicant.likeness.CloseOfficers.Closeness;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.Ties;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * Recusal that nobody had to declare: when a case is sent, and when it is supplemented, each officer whom what is on record brings close to the applicant or his employer is kept out
 * of it from the start, as if he had declared it. He may ask to take it back like any other (decision 179).
 */
@Service
public class DetectedTies {
    private final CaseFile cases;
    private final Ties ties;
    private final Persons persons;
    private final EmployerChanges changes;
    private final CloseOfficers close;

    DetectedTies(CaseFile cases, Ties ties, Persons persons, EmployerChanges changes, CloseOfficers close) {
        this.cases = cases;
        this.ties = ties;
        this.persons = persons;
        this.changes = changes;
        this.close = close;
    }

    @EventListener(
            condition = "#event.number() != null and (#event.kind() == 'submitted' or #event.kind() == 'supplemented')")
    void sent(CaseEvent event) {
        CaseNumber number = event.number();
        if (number != null) detect(number);
    }

    /** In the caller's transaction. */
    void detect(CaseNumber number) {
        Case file = cases.get(number);
        Set<String> documents = file.personKey() == null ? Set.of() : persons.documents(file.personKey());
        Set<String> employers = file.employerCode() == null ? Set.of() : changes.codes(file.employerCode());
        if (file.personKey() != null && file.employerCode() != null) close.named(file.personKey(), file.employerCode());
        Map<String, List<Text>> found = new HashMap<>();
        close.of(documents, employers)
                .forEach((account, how) -> how.forEach(one ->
                        found.computeIfAbsent(account, a -> new ArrayList<>()).add(text(one))));
        found.forEach((account, why) ->
                ties.detected(account, number, Text.of("staffing.close", Text.joined("kernel.list", why))));
    }

    private static Text text(Closeness one) {
        return Text.of("staffing.close." + one.name().toLowerCase(Locale.ROOT));
    }
}

package cn.jincai.review;

import cn.jincai.assessment.Adjustments;
import cn.jincai.filing.Case;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What people have said of a case beside the rules up to now (rulebook 7.2, 7.3, 7.6), for whoever asks what becomes of it under other rules. */
@Component
public class SaidBeside {
    private final Opinions opinions;
    private final Panels panels;
    private final Packages packages;
    private final JdbcClient db;

    SaidBeside(Opinions opinions, Panels panels, Packages packages, JdbcClient db) {
        this.opinions = opinions;
        this.panels = panels;
        this.packages = packages;
        this.db = db;
    }

    /** Whether somebody has given an opinion on it. */
    public boolean isDecidedOn(CaseNumber number) {
        return db.sql("select count(*) > 0 from opinions where case_number = ?")
                .param(number.value())
                .query(Boolean.class)
                .single();
    }

    /**
     * Waivers and refusals of the last review and of the panel. The next reviewer states the whole anew, so that the waivers count without the refusals too.
     *
     * @return none where nothing was said beside the rules
     */
    public List<Adjustments> of(Case file) {
        Statement said = last(file);
        Set<Integer> levels = panels.refusedLevels(file.number());
        return List.of(
                said.adjustments(Set.of(), Set.of()),
                said.adjustments(Set.copyOf(said.refused()), Set.of()),
                said.adjustments(Set.copyOf(said.refused()), levels));
    }

    /** Whether it may be said under the other package too: each reason that was waived may be waived there, and a refusing panel refuses the same levels. */
    public boolean holdsUnder(Case file, String other) {
        Scheme there = packages.byHash(other).catalogue();
        Set<Integer> levels = panels.refusedLevels(file.number());
        return there.waivable().containsAll(last(file).waived())
                && (levels.isEmpty() || levels.equals(Set.copyOf(there.panelLevels())));
    }

    private Statement last(Case file) {
        return opinions.lastReview(file).map(Statement::of).orElse(Statement.NONE);
    }
}

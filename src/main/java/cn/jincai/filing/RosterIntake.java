package cn.jincai.filing;

import cn.jincai.filing.completeness.Completeness;
import cn.jincai.filing.lines.CheckedRows;
import cn.jincai.filing.lines.ReturnedRow;
import cn.jincai.filing.lines.ReturnedRows;
import cn.jincai.filing.lines.RosterBook;
import cn.jincai.filing.lines.RosterTable;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Scheme;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Rosters as tables: the workbook to fill in, the rows of it that are taken, and those that come back. */
@Service
public class RosterIntake {
    private final Filing filing;
    private final Rosters rosters;
    private final CaseLines lines;
    private final ReturnedRows returned;
    private final CityClock clock;

    RosterIntake(Filing filing, Rosters rosters, CaseLines lines, ReturnedRows returned, CityClock clock) {
        this.filing = filing;
        this.rosters = rosters;
        this.lines = lines;
        this.returned = returned;
        this.clock = clock;
    }

    /** What became of a table. @param taken rows that stand in the roster now @param back those that did not go */
    public record Taken(int taken, List<ReturnedRow> back) {}

    /**
     * Hands in a table, CSV or a workbook: the rows that are right go into the roster, the others come back and wait to be corrected. Where none is right the roster stays as it is.
     *
     * @param further whether the rows come to those before; a row about somebody who is in the roster takes the place of his line
     * @throws Problem NOT_FOUND and CONFLICT as {@link Rosters#put}; INVALID under {@code field} where it is no table with these columns, has no rows or too many
     */
    @Transactional
    public Taken take(Actor who, CaseNumber number, String field, byte[] table, boolean further) {
        Case file = filing.own(who, number);
        if (!filing.isOpen(file, Completeness.ROSTER)) throw Problem.conflict("filing.roster.NOT_A_DRAFT");
        Scheme scheme = rosters.scheme(file);
        Scheme.Roster roster = scheme.applying().roster();
        if (roster == null) throw Problem.notFound();
        List<RosterTable.Typed> rows = RosterTable.read(scheme, roster, field, table);
        if (rows.isEmpty()) throw Problem.invalid(field, "assessment.lines.EMPTY");
        CheckedRows checked = CheckedRows.of(scheme, roster, rows, clock.today());
        if (!checked.good().isEmpty()) replace(file, field, roster, checked.good(), further);
        returned.keep(number, checked.back());
        return new Taken(checked.good().size(), checked.back());
    }

    private void replace(Case file, String field, Scheme.Roster roster, List<CheckedRows.Good> rows, boolean further) {
        Map<String, CaseLines.Line> kept = new LinkedHashMap<>();
        if (further) lines.toldOnly(file).forEach(line -> kept.put(line.number(), line));
        int already = kept.size();
        rows.forEach(row -> kept.put(row.number(), new CaseLines.Line(0, row.name(), row.number(), row.facts())));
        if (kept.size() > roster.atMost())
            throw Problem.invalid(field, "filing.roster.FULL", already, kept.size(), roster.atMost());
        List<CaseLines.Line> numbered = new ArrayList<>();
        for (CaseLines.Line line : kept.values())
            numbered.add(new CaseLines.Line(numbered.size() + 1, line.name(), line.number(), line.facts()));
        rosters.handIn(file, numbered);
    }

    /** Rows of the last table that are not in the roster, until they are corrected, discarded or the claim is sent. @throws Problem NOT_FOUND for whoever does not apply */
    @Transactional
    public List<ReturnedRow> back(Actor who, CaseNumber number) {
        filing.own(who, number);
        return rosters.isOpen(number) ? returned.of(number) : List.of();
    }

    /** They are to be forgotten. @throws Problem as {@link #back} */
    @Transactional
    public void discardBack(Actor who, CaseNumber number) {
        filing.own(who, number);
        returned.erase(number);
    }

    /** The workbook to fill in, with the rows that came back where there are any. @throws Problem NOT_FOUND for whoever does not apply, and where the scheme has no roster */
    @Transactional
    public byte[] workbook(Actor who, CaseNumber number, boolean back, Locale locale) {
        Case file = filing.own(who, number);
        Scheme scheme = rosters.scheme(file);
        Scheme.Roster roster = scheme.applying().roster();
        if (roster == null) throw Problem.notFound();
        RosterBook book = new RosterBook(scheme, roster, locale);
        return back ? book.with(back(who, number)) : book.template();
    }

    /** What was not corrected until the claim was sent is no part of it. */
    @EventListener
    void sent(Submitted event) {
        returned.erase(event.number());
    }
}

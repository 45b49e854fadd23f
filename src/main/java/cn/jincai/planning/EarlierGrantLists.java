package cn.jincai.planning;

import cn.jincai.applicant.Persons;
import cn.jincai.applicant.Registration;
import cn.jincai.applicant.ResidentId;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.forms.FormCheck;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whole lists of what the city granted before this system, one for each benefit. Of a benefit that no package here grants, nothing is known until its list
 * is loaded: its absence is not "none" (rulebook 2.10).
 */
@Service
public class EarlierGrantLists {
    private final EarlierGrants grants;
    private final Packages packages;
    private final Persons persons;
    private final FormCheck forms;
    private final JdbcClient jdbc;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    EarlierGrantLists(
            EarlierGrants grants,
            Packages packages,
            Persons persons,
            FormCheck forms,
            JdbcClient jdbc,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.grants = grants;
        this.packages = packages;
        this.persons = persons;
        this.forms = forms;
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    /** One grant to one person; the rest as in {@link EarlierGrant}. */
    @JsonIgnoreProperties(ignoreUnknown = false)
    public record Line(
            String documentType,
            String documentNumber,
            long amountFen,
            @Nullable Integer level,
            @Nullable Long monthlyFen,
            @Nullable Integer months,
            @Nullable Integer instalment,
            @Nullable LocalDate governingDate,
            LocalDate decidedOn,
            @Nullable LocalDate validUntil,
            Map<String, Object> facts) {
        @Override
        public String toString() {
            return "Line";
        }
    }

    /** The benefits that are on record: granted by a package in force, or their list is loaded. */
    public Set<String> kept() {
        Set<String> kept = packages.inForce().stream()
                .flatMap(p -> p.catalogue().benefits().stream())
                .map(b -> b.code())
                .collect(Collectors.toCollection(HashSet::new));
        kept.addAll(jdbc.sql("select benefit from earlier_grant_lists")
                .query(String.class)
                .list());
        return kept;
    }

    /**
     * Loads a benefit's list as a whole, in place of the one before; an empty one says that nobody has received anything.
     *
     * @return how many grants it holds
     * @throws Problem INVALID with every mistake, such as {@code [3].decidedOn}; nothing has changed then
     */
    @Transactional
    public int load(String benefit, List<Line> lines, Actor by) {
        List<PolicyPackage> inForce = packages.inForce();
        boolean counted = inForce.stream()
                .flatMap(p -> p.catalogue().facts().stream())
                .anyMatch(f -> f.count() != null && f.count().benefits().contains(benefit));
        if (!counted) throw Problem.invalid("benefit", "planning.NOT_COUNTED");
        List<Mistake> mistakes = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i) == null) mistakes.add(Mistake.of("[" + i + "]", "planning.line.REQUIRED"));
            else check(lines.get(i), "[" + i + "].", mistakes);
        }
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        jdbc.sql("delete from earlier_grants where benefit = ?").param(benefit).update();
        for (Line l : lines)
            grants.enter(
                    persons.key(l.documentType(), l.documentNumber()),
                    new EarlierGrant(
                            benefit,
                            l.amountFen(),
                            l.level(),
                            l.monthlyFen(),
                            l.months(),
                            l.instalment(),
                            l.governingDate(),
                            l.decidedOn(),
                            l.validUntil(),
                            spelt(l.facts(), inForce)));
        mark(benefit, by);
        events.publishEvent(CaseEvent.forAuditors(
                "planning.event.earlier-grants-loaded",
                by,
                Role.POLICY_ADMIN,
                Map.of("benefit", benefit, "grants", String.valueOf(lines.size())),
                benefit));
        return lines.size();
    }

    /** As a form that asks for the fact would keep it, so that both are the same when they are compared. */
    private Map<String, Object> spelt(Map<String, Object> facts, List<PolicyPackage> inForce) {
        if (facts == null) return facts; // a list may leave them out
        Map<String, Object> spelt = new HashMap<>(facts);
        spelt.replaceAll((name, value) -> value instanceof String text ? spelt(name, text, inForce) : value);
        return spelt;
    }

    private String spelt(String fact, String text, List<PolicyPackage> inForce) {
        return inForce.stream()
                .flatMap(p -> p.forms().values().stream())
                .flatMap(form -> form.field(fact).stream())
                .findFirst()
                .map(field -> forms.spelt(field, text))
                .orElse(text);
    }

    public void mark(String benefit, Actor by) {
        jdbc.sql("delete from earlier_grant_lists where benefit = ?")
                .param(benefit)
                .update();
        jdbc.sql("insert into earlier_grant_lists (benefit, loaded_at, loaded_by) values (?, ?, ?)")
                .params(benefit, clock.timestamp(), by.account())
                .update();
    }

    private static void day(String field, @Nullable LocalDate day, List<Mistake> mistakes) {
        if (day != null && (day.getYear() < 1900 || day.getYear() > 9999))
            mistakes.add(Mistake.of(field, "planning.NOT_A_DATE"));
    }

    private void check(Line line, String at, List<Mistake> mistakes) {
        boolean type = line.documentType() != null && Registration.DOCUMENT_TYPES.contains(line.documentType());
        if (!type) mistakes.add(Mistake.of(at + "documentType", "planning.UNKNOWN_DOCUMENT"));
        if (line.documentNumber() == null || line.documentNumber().isBlank())
            mistakes.add(Mistake.of(at + "documentNumber", "planning.number.REQUIRED"));
        else if (type)
            Registration.documentMistake(line.documentType(), ResidentId.whole(line.documentNumber()), clock.today())
                    .ifPresent(m -> mistakes.add(new Mistake(at + m.field(), m.code(), m.message())));
        if (line.amountFen() < 0) mistakes.add(Mistake.of(at + "amountFen", "planning.NEGATIVE"));
        if (line.amountFen() > Scheme.LARGEST) mistakes.add(Mistake.of(at + "amountFen", "planning.TOO_LARGE"));
        if (line.facts() != null)
            line.facts().forEach((name, value) -> {
                if (!(value instanceof String
                        || value instanceof Boolean
                        || value instanceof Integer
                        || value instanceof Long)) mistakes.add(Mistake.of(at + "facts", "planning.TYPE"));
            });
        day(at + "governingDate", line.governingDate(), mistakes);
        day(at + "validUntil", line.validUntil(), mistakes);
        if (line.decidedOn() == null
                || line.decidedOn().isAfter(clock.today())
                || line.decidedOn().getYear() < 1900)
            mistakes.add(Mistake.of(at + "decidedOn", "planning.NOT_A_PAST_DAY"));
    }
}

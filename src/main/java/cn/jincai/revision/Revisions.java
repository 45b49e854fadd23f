package cn.jincai.revision;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseLifecycle;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.revision.RevisionKind;
import cn.jincai.policy.revision.RevisionRules;
import cn.jincai.review.Decision;
import cn.jincai.review.Decisions;
import cn.jincai.review.FourEyes;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What comes after a decision: begun by an officer on grounds that the package names, and told to whoever may see the case. */
@Service
public class Revisions {
    /** Those who may begin one. */
    static final Set<Role> BEGUN_BY = Set.of(Role.REVIEWER, Role.SENIOR_REVIEWER, Role.SUPERVISOR);

    /** Those who have a part in the case while one is on its way. */
    static final Set<Role> TAKE_PART = Set.of(Role.REVIEWER, Role.SENIOR_REVIEWER, Role.LEADER);

    private final RevisionTable table;
    private final RevisionCheck check;
    private final CaseFile cases;
    private final CaseLifecycle way;
    private final Decisions decisions;
    private final FourEyes fourEyes;
    private final Packages packages;
    private final ApplicationEventPublisher events;

    Revisions(
            RevisionTable table,
            RevisionCheck check,
            CaseFile cases,
            CaseLifecycle way,
            Decisions decisions,
            FourEyes fourEyes,
            Packages packages,
            ApplicationEventPublisher events) {
        this.table = table;
        this.check = check;
        this.cases = cases;
        this.way = way;
        this.decisions = decisions;
        this.fourEyes = fourEyes;
        this.packages = packages;
        this.events = events;
    }

    /**
     * What an officer asks for.
     *
     * @param reason   a code of the package's {@code revisions.yaml}
     * @param words    the facts and why, at most 5000 characters
     * @param wrong    of a correction, words that the decision says, at most 500 characters
     * @param right    the words that stand instead
     * @param benefits codes of what is revoked or looked at again
     * @param result   of a reconsideration or a suit: {@code upheld} or {@code revoked}
     */
    public record Asked(
            @Nullable String kind,
            @Nullable String reason,
            @Nullable String words,
            @Nullable String wrong,
            @Nullable String right,
            @Nullable List<String> benefits,
            @Nullable String result) {}

    public static boolean mayBegin(Actor who) {
        return BEGUN_BY.stream().anyMatch(who::is);
    }

    /** What may be begun in a case, with the reasons to choose from; none where nothing was decided, or one is on its way. */
    @Transactional(readOnly = true)
    public Map<RevisionKind, List<RevisionRules.Reason>> open(CaseNumber number) {
        Map<RevisionKind, List<RevisionRules.Reason>> open = new EnumMap<>(RevisionKind.class);
        if (decisions.of(number).isEmpty() || table.open(number).isPresent()) return open;
        for (RevisionKind kind : RevisionKind.values())
            pack(cases.get(number), kind)
                    .map(pack -> RevisionRules.of(pack).reasons(kind))
                    .filter(reasons -> !reasons.isEmpty())
                    .ifPresent(reasons -> open.put(kind, reasons));
        return open;
    }

    /**
     * Begins a matter.
     *
     * @throws Problem NOT_FOUND for whom the case does not concern as an officer; FORBIDDEN for whom it concerns otherwise, or who has no right to; CONFLICT where nothing was
     *     decided, another matter is on its way, or no package knows its diagram; INVALID with every mistake
     */
    @Transactional
    public void begin(Actor who, CaseNumber number, Asked asked) {
        if (!cases.admitsAsOfficer(who, number)) throw Problem.notFound();
        Role as = BEGUN_BY.stream()
                .filter(who::is)
                .sorted()
                .findFirst()
                .orElseThrow(() -> Problem.forbidden("revision.NOT_YOUR_ROLE"));
        fourEyes.mustNotBeConcerned(who, cases.get(number));
        Decision decision = decisions.of(number).orElseThrow(() -> Problem.conflict("revision.NOT_DECIDED"));
        if (table.open(number).isPresent()) throw Problem.conflict("revision.ONE_AT_A_TIME");
        RevisionKind kind = RevisionKind.find(String.valueOf(asked.kind()))
                .orElseThrow(() ->
                        Problem.invalid("kind", "revision.kind.UNKNOWN", String.join(", ", RevisionKind.codes())));
        PolicyPackage pack = pack(cases.get(number), kind).orElseThrow(() -> Problem.conflict("revision.NO_DIAGRAM"));
        Change change = check.change(number, decision, RevisionRules.of(pack), kind, asked);
        begin(
                number,
                kind,
                pack,
                RevisionCheck.trimmed(asked.reason()),
                RevisionCheck.trimmed(asked.words()),
                change,
                who,
                as);
    }

    /** @param words of who begins it; empty where it begins by itself */
    void begin(
            CaseNumber number,
            RevisionKind kind,
            PolicyPackage pack,
            String reason,
            String words,
            Change change,
            Actor who,
            @Nullable Role as) {
        table.begin(number, kind, pack, reason, words, change, who.account());
        TAKE_PART.forEach(role -> way.letIn(number, role));
        events.publishEvent(new CaseEvent(
                number,
                "revision-begun",
                cases.get(number).stage().code(),
                Text.of("revision.event.begun", kind.text()),
                who,
                as,
                Audience.OFFICERS,
                Map.of("kind", kind.code(), "reason", reason)));
        events.publishEvent(new RevisionBegun(number, pack.hash(), kind.diagram()));
    }

    /** That of the case itself; where it is from before there was such a diagram, that of its scheme in force today. */
    Optional<PolicyPackage> pack(Case file, RevisionKind kind) {
        return Stream.concat(
                        packages.ifWhole(file.packageHash()).stream(),
                        packages.inForce().stream().filter(p -> p.scheme().equals(file.scheme())))
                .filter(pack -> pack.files().containsKey(kind.diagram()))
                .findFirst();
    }

    /** All that came after the decision, the latest last, with what officers said. @throws Problem NOT_FOUND for whom the case does not concern as an officer */
    @Transactional(readOnly = true)
    public List<Revision> of(Actor who, CaseNumber number) {
        if (!cases.admitsAsOfficer(who, number)) throw Problem.notFound();
        return table.of(number);
    }

    /** What the person is heard on now: why, and which benefits; empty while nothing of the kind is heard. The caller has let nobody in but him. */
    @Transactional(readOnly = true)
    public Optional<Revision> heard(CaseNumber number) {
        return table.open(number).filter(Revision::hearing);
    }

    /**
     * What became of a decision, for everybody who may read it.
     *
     * @param number   文号 of the document that says so
     * @param document its id
     * @param changes  whether what was decided may no longer be all there is: not where a word was put right, nor where a re-check confirmed it
     */
    public record Told(RevisionKind kind, String number, long document, LocalDate on, boolean changes) {}

    /** The documents that changed the decision or say more of it, the latest last. */
    @Transactional(readOnly = true)
    public List<Told> told(CaseNumber number) {
        return table.told(number);
    }
}

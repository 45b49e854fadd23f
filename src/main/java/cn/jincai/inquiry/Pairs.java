package cn.jincai.inquiry;

import cn.jincai.filing.CaseFile;
import cn.jincai.filing.Looks;
import cn.jincai.filing.sight.CaseNames;
import cn.jincai.filing.sight.Purpose;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.Steps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who always approves for whom: how often the reviews of one applicant, one employer, or those that come after one reviewer fell to the same person, against what would have come
 * of a fair draw. A fair draw gives each review of a scheme, a step and a district to the people who review there, by how many each of them does. That a pair stands
 * first says that chance alone would hardly have made it, and no more.
 */
@Service
@Transactional
public class Pairs {
    /** So many pairs are told, those first that chance explains least. */
    public static final int MOST = 200;

    private final JdbcClient db;
    private final ReadersPart part;
    private final CaseNames names;
    private final CaseFile cases;
    private final Looks looks;
    private final CityClock clock;
    private final InquirySettings.PairsShown settings;
    private final ApplicationEventPublisher events;

    Pairs(
            JdbcClient db,
            ReadersPart part,
            CaseNames names,
            CaseFile cases,
            Looks looks,
            CityClock clock,
            InquirySettings settings,
            ApplicationEventPublisher events) {
        this.db = db;
        this.part = part;
        this.names = names;
        this.cases = cases;
        this.looks = looks;
        this.clock = clock;
        this.settings = settings.pairs();
        this.events = events;
    }

    /** With whom a reviewer makes a pair. */
    public enum With {
        APPLICANT("applicant"),
        EMPLOYER("employer"),
        /** Who reviews at the step after his. */
        NEXT("next");

        private final String code;

        With(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        /** @throws Problem NOT_FOUND */
        public static With of(String code) {
            for (With with : values()) if (with.code.equals(code)) return with;
            throw Problem.notFound();
        }
    }

    /** One review: of several by the same person of one case at one step the last. */
    record Review(
            long id,
            String account,
            CaseNumber number,
            String step,
            boolean approved,
            Instant at,
            String draw,
            @Nullable String person,
            @Nullable String employer,
            @Nullable String next,
            @Nullable String nextDraw,
            boolean nextApproved) {}

    /**
     * @param whose    of an applicant or employer: as the reader may see them
     * @param next     the account of the next reviewer, null for the others
     * @param example  a case of the pair, by which the others are found
     * @param reviewed how many reviews of the other fell to him
     * @param approved of these, approved; where the other is the next reviewer, by both
     * @param all      of the other's, whoever reviewed them
     * @param expected how many would have fallen to him by a fair draw
     */
    public record Pair(
            With with,
            String account,
            @Nullable String whose,
            @Nullable String next,
            CaseNumber example,
            long reviewed,
            long approved,
            long all,
            double expected,
            double deviation) {
        public boolean isAlways() {
            return approved == reviewed;
        }

        /** In percent, rounded. */
        public long share() {
            return Math.round(100.0 * reviewed / all);
        }

        /** The same of a fair draw. */
        public long fairShare() {
            return Math.round(100 * expected / all);
        }
    }

    /** @param cut there are more opinions than one view counts: the oldest are left out */
    public record Shown(int least, int months, List<Pair> pairs, boolean cut) {}

    /** A case of a pair. */
    public record Behind(
            CaseNumber number,
            String step,
            boolean approved,
            Instant at,
            @Nullable String whose) {}

    /**
     * @param least   reviews that a pair has at least; null: as the settings say
     * @param purpose a {@link Purpose}'s code, none that wants words
     * @throws Problem INVALID for a number below 1, or no purpose
     */
    public Shown find(Actor who, @Nullable Integer least, @Nullable String purpose) {
        Purpose told = RecordSearch.purpose(purpose);
        ReadersPart.Clause own = part.of(who);
        int wanted = least == null ? settings.least() : least;
        if (wanted < 1) throw Problem.invalid("least", "inquiry.least.NONE");
        List<Review> all = reviews(own);
        boolean cut = all.size() > settings.most(); // before what somebody said twice is counted once
        List<Review> reviews = withNext(counted(all));
        Draws draws = new Draws(reviews);
        List<Pair> pairs = new ArrayList<>();
        for (With with : With.values()) pairs.addAll(draws.pairs(with, wanted));
        List<Pair> first = pairs.stream()
                .sorted(Comparator.comparingDouble(Pair::deviation).reversed().thenComparing(Pair::account))
                .limit(MOST)
                .toList();
        recorded(who, told, first.size());
        return new Shown(wanted, settings.months(), named(who, first), cut);
    }

    /**
     * The cases behind one figure, the newest first.
     *
     * @param number a case of the pair, which tells the applicant or employer
     * @param next   the account of the next reviewer, for such a pair
     * @throws Problem NOT_FOUND where there is no such pair among what the reader is told
     */
    public List<Behind> behind(
            Actor who, With with, String account, CaseNumber number, @Nullable String next, @Nullable String purpose) {
        Purpose told = RecordSearch.purpose(purpose);
        ReadersPart.Clause own = part.of(who);
        List<Review> reviews = withNext(counted(reviews(own)));
        String other = with == With.NEXT
                ? next
                : reviews.stream()
                        .filter(r -> r.number.equals(number))
                        .findFirst()
                        .map(r -> Draws.other(with, r))
                        .orElse(null);
        List<Review> his = reviews.stream()
                .filter(r -> r.account.equals(account) && other != null && other.equals(Draws.other(with, r)))
                .toList();
        if (his.isEmpty()) throw Problem.notFound();
        recorded(who, told, his.size());
        if (with == With.APPLICANT) // he is looked for, by a number of his cases
        cases.open(who, his.stream().map(Review::number).distinct().toList())
                    .forEach(one -> looks.found(who, one, told));
        Map<CaseNumber, String> people =
                names.onLists(who, his.stream().map(Review::number).distinct().toList());
        return his.stream()
                .map(r -> new Behind(r.number, r.step, r.approved, r.at, people.get(r.number)))
                .toList();
    }

    private List<Review> counted(List<Review> all) {
        return all.subList(0, Math.min(all.size(), settings.most()));
    }

    /** The newest first, one more than one view counts where there are more. */
    private List<Review> reviews(ReadersPart.Clause own) {
        List<String> steps = Steps.shared().keys(Kind.REVIEWS);
        Map<String, Object> values = new HashMap<>(own.values());
        values.put("steps", steps);
        values.put(
                "since",
                clock.today()
                        .minusMonths(settings.months())
                        .atStartOfDay(CityClock.ZONE)
                        .toOffsetDateTime());
        return db.sql("""
            select t.id, t.account, t.case_number, t.step, t.outcome, t.at, c.scheme, c.person_key, c.employer_code, d.district
            from opinions t join cases c on c.case_number = t.case_number left join employer_districts d on d.employer_code = c.employer_code
            where t.step in (:steps) and t.outcome <> 'return' and t.at >= :since and """
                        + " " + own.sql() + " order by t.at desc, t.id desc fetch first " + (settings.most() + 1)
                        + " rows only")
                .params(values)
                .query((row, n) -> new Review(
                        row.getLong("id"),
                        row.getString("account"),
                        new CaseNumber(row.getString("case_number")),
                        row.getString("step"),
                        row.getString("outcome").equals("approve"),
                        Instants.always(row, "at"),
                        String.join(
                                "\t",
                                row.getString("scheme"),
                                row.getString("step"),
                                Optional.ofNullable(row.getString("district")).orElse("")),
                        row.getString("person_key"),
                        row.getString("employer_code"),
                        null,
                        null,
                        false))
                .list();
    }

    /** Each with the review at another step that came after it; without those that their reviewer replaced by a later one. */
    private static List<Review> withNext(List<Review> newestFirst) {
        Map<String, Review> kept = new LinkedHashMap<>();
        Map<CaseNumber, List<Review>> later = new HashMap<>();
        for (Review r : newestFirst) {
            List<Review> after = later.computeIfAbsent(r.number, number -> new ArrayList<>());
            Review next = null;
            for (Review l : after) if (!l.step.equals(r.step)) next = l; // the last in the list is the nearest
            kept.putIfAbsent(
                    r.number + " " + r.step + " " + r.account,
                    next == null
                            ? r
                            : new Review(
                                    r.id,
                                    r.account,
                                    r.number,
                                    r.step,
                                    r.approved,
                                    r.at,
                                    r.draw,
                                    r.person,
                                    r.employer,
                                    next.account,
                                    next.draw,
                                    next.approved));
            after.add(r);
        }
        return List.copyOf(kept.values());
    }

    private List<Pair> named(Actor who, List<Pair> pairs) {
        Map<CaseNumber, String> people =
                names.onLists(who, pairs.stream().map(Pair::example).distinct().toList());
        Map<String, String> employers = employers(pairs);
        return pairs.stream()
                .map(p -> new Pair(
                        p.with,
                        p.account,
                        switch (p.with) {
                            case APPLICANT -> people.get(p.example);
                            case EMPLOYER -> employers.get(p.example.value());
                            case NEXT -> null;
                        },
                        p.next,
                        p.example,
                        p.reviewed,
                        p.approved,
                        p.all,
                        p.expected,
                        p.deviation))
                .toList();
    }

    /** Names of employers are public; by the number of a case. */
    private Map<String, String> employers(List<Pair> pairs) {
        List<String> numbers = pairs.stream()
                .filter(p -> p.with == With.EMPLOYER)
                .map(p -> p.example.value())
                .toList();
        Map<String, String> told = new TreeMap<>();
        if (!numbers.isEmpty())
            db.sql(
                            "select c.case_number, coalesce(e.name, c.employer_code) from cases c left join employers e on e.code = c.employer_code where c.case_number in (:numbers)")
                    .param("numbers", numbers)
                    .query(row -> {
                        told.put(row.getString(1), row.getString(2));
                    });
        return told;
    }

    private void recorded(Actor who, Purpose purpose, long found) {
        events.publishEvent(CaseEvent.forAuditors(
                "inquiry.event.pairs-reviewed",
                who,
                ReadersPart.as(who),
                Map.of("found", String.valueOf(found), "purpose", purpose.code())));
    }
}

package cn.jincai.web.portal;

import cn.jincai.assessment.Instalment;
import cn.jincai.filing.CaseView;
import cn.jincai.filing.deadlines.Promise;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Step;
import cn.jincai.policy.Step.Kind;
import cn.jincai.revision.Revisions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Where a case stands, in one sentence: what happens, what its applicant has to do, until when, and which days don't count.
 *
 * @param tone {@code asks} something of the applicant, {@code late}, {@code stands} while the clock does, {@code granted}, {@code ended} otherwise, or {@code runs}
 */
record Standing(Text sentence, String tone) {
    /**
     * What of the case stands in other rooms.
     *
     * @param accountEnds 24:00 of the last day to give another account; null where none is asked, or has no day
     * @param heard       whether the applicant may say something at a hearing now
     * @param heardOn     the kind of change to the decision that he is heard on; null where it is about anything else
     * @param granted     of a signed decision whether it grants something; null before
     * @param notice      working days of a public notice that is still to come; empty where none is
     * @param later       a later instalment that can be applied for; null for none
     * @param changed     what changed the decision last; null for nothing
     */
    record More(
            @Nullable Instant accountEnds,
            boolean heard,
            @Nullable Text heardOn,
            @Nullable Boolean granted,
            OptionalInt notice,
            @Nullable Instalment later,
            Revisions.@Nullable Told changed) {}

    static Standing of(CaseView file, More more) {
        if (file.step().is(Kind.CLOSED) && !file.accountAsked() && !more.heard) return ended(file, more);
        Text asked = asked(file, more);
        List<Text> parts = new ArrayList<>(List.of(doing(file.step(), more)));
        parts.add(asked == null ? Text.of("web.where.nothing") : asked);
        Promise promise = file.promise();
        if (promise == null || promise.isEnded()) {
            if (asked == null) ownLimit(file, parts);
            return told(parts, asked == null ? "runs" : "asks");
        }
        parts.add(Text.of(
                "web.where.promise." + promise.state(),
                promise.provisional() ? Text.of("web.where.provisional", promise.day()) : Text.of(promise.day()),
                file.step().name()));
        Text sentence = Text.joined("web.where.and", parts);
        if (promise.state().equals("running") && more.notice.isPresent())
            sentence = Text.of("web.where.not-counted", sentence, more.notice.getAsInt());
        return new Standing(Text.of("web.where.end", sentence), asked != null ? "asks" : tone(promise));
    }

    private static String tone(Promise promise) {
        return switch (promise.state()) {
            case "past" -> "late";
            case "stands" -> "stands";
            default -> "runs";
        };
    }

    private static Standing told(List<Text> parts, String tone) {
        return new Standing(Text.of("web.where.end", Text.joined("web.where.and", parts)), tone);
    }

    /** After the signature the way is that of its payments. */
    private static Text doing(Step step, More more) {
        if (more.granted != null && step.is(Kind.SIGNS, Kind.HEARING)) return Text.of("web.where.payment-looked-at");
        return Text.of("web.where." + step.kind().code(), step.name());
    }

    private static @Nullable Text asked(CaseView file, More more) {
        if (file.step().is(Kind.ASKS_APPLICANT)) return until("supplement", file.stageEnds());
        if (file.accountAsked()) return until("account", more.accountEnds);
        return more.heard ? heard(file, more) : null;
    }

    /** A closed case may be heard on as well: what about is not told by where it stands. */
    private static Text heard(CaseView file, More more) {
        if (file.step().is(Kind.HEARING)) return until("hearing", file.stageEnds());
        return more.heardOn == null
                ? Text.of("web.where.asks.hearing.payment")
                : Text.of("web.where.asks.hearing.revision", more.heardOn);
    }

    /** A limit ends at 24:00 of its last day. */
    private static Text until(String what, @Nullable Instant end) {
        return end == null
                ? Text.of("web.where.asks." + what)
                : Text.of("web.where.asks." + what + ".until", lastDay(end));
    }

    private static LocalDate lastDay(Instant end) {
        return end.minusMillis(1).atZone(CityClock.ZONE).toLocalDate();
    }

    /** Before acceptance no day is promised: the step's own is told. */
    private static void ownLimit(CaseView file, List<Text> parts) {
        if (file.stageEnds() == null || !file.step().is(Kind.ACCEPTS, Kind.ASKS_EMPLOYER)) return;
        LocalDate day = lastDay(file.stageEnds());
        parts.add(Text.of(
                "web.where.limit." + file.step().kind().code(),
                file.stageProvisional() ? Text.of("web.where.provisional", day) : Text.of(day)));
    }

    /** What became of the decision later comes before what it said: nobody is told that he gets what was revoked. */
    private static Standing ended(CaseView file, More more) {
        Revisions.Told changed = more.changed;
        if (changed != null)
            return told(
                    List.of(Text.of("web.where.changed." + changed.kind().code(), changed.on(), changed.number())),
                    "ended");
        String outcome = Objects.requireNonNullElse(file.outcome(), "withdrawn");
        Text sentence = Text.of("web.where.ended." + outcome);
        Instalment later = more.later;
        if (later != null && later.from() != null)
            sentence = Text.of(
                    "web.where.later",
                    sentence,
                    later.number(),
                    later.provisional() ? Text.of("web.where.provisional", later.from()) : Text.of(later.from()));
        return new Standing(Text.of("web.where.end", sentence), outcome.equals("granted") ? "granted" : "ended");
    }
}

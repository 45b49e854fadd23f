package cn.jincai.web.portal;

import cn.jincai.filing.CaseView;
import cn.jincai.filing.deadlines.Promise;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Step;
import cn.jincai.policy.Step.Kind;
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
 * @param tone {@code asks} something of the applicant, {@code late}, {@code stands} while the clock does, {@code ended}, or {@code runs}
 */
record Standing(Text sentence, String tone) {
    /**
     * What of the case stands in other rooms.
     *
     * @param accountEnds 24:00 of the last day to give another account; null where none is asked, or has no day
     * @param heard       whether the applicant may say something at a hearing now
     * @param granted     of a signed decision whether it grants something; null before
     * @param notice      working days of a public notice that is still to come; empty where none is
     * @param laterFrom   first day on which a later instalment can be applied for; null for none
     */
    record More(
            @Nullable Instant accountEnds,
            boolean heard,
            @Nullable Boolean granted,
            OptionalInt notice,
            @Nullable Integer laterNumber,
            @Nullable LocalDate laterFrom) {}

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
        return more.heard ? until("hearing", file.step().is(Kind.HEARING) ? file.stageEnds() : null) : null;
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

    private static Standing ended(CaseView file, More more) {
        String outcome = Objects.requireNonNullElse(file.outcome(), "withdrawn");
        Text sentence = Text.of("web.where.ended." + outcome);
        if (more.laterFrom != null && more.laterNumber != null)
            sentence = Text.of("web.where.later", sentence, more.laterNumber, more.laterFrom);
        return new Standing(Text.of("web.where.end", sentence), "ended");
    }
}

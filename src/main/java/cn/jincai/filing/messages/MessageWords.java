package cn.jincai.filing.messages;

import cn.jincai.filing.Case;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Step;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What an applicant is told of something that happened to his case: the line of the timeline, and with it what it means, what he has to do and until when (decision 229). */
public final class MessageWords {
    /** Of these {@code filing.told.KIND} tells what follows. */
    private static final Set<String> FOLLOWED = Set.of(
            "not-accepted",
            "supplement-asked",
            "supplement-lapsed",
            "account-asked",
            "employer-confirmed",
            "employer-silent",
            "notice-published",
            "notice-ended",
            "objection-upheld",
            "sent");

    private static final Set<String> URGENT = Set.of("account-asked", "not-accepted", "signed");

    private MessageWords() {}

    public static Text of(CaseEvent event, Case file) {
        Text what = event.kind().equals("stage") ? entered(file) : event.what();
        return follows(event, file)
                .map(more -> Text.of("filing.told.more", plain(what), more))
                .orElseGet(() -> Text.of("filing.told.end", plain(what)));
    }

    /** Whether it asks something of him or tells a decision. */
    public static boolean isUrgent(CaseEvent event, Case file) {
        return event.kind().equals("stage")
                ? file.stage().is(Step.Kind.ASKS_APPLICANT, Step.Kind.HEARING)
                : event.kind().startsWith("reminded-") || URGENT.contains(event.kind());
    }

    /** Without the full stop at its end, where it has one. */
    private static Text plain(Text what) {
        return new Text(what.zh().replaceFirst("[。.]+$", ""), what.en().replaceFirst("[.]+$", ""), what.names());
    }

    private static Text entered(Case file) {
        Step step = file.stage().step();
        Instant ends = file.stageEnds();
        boolean limited =
                step.is(Step.Kind.ACCEPTS, Step.Kind.ASKS_EMPLOYER, Step.Kind.ASKS_APPLICANT, Step.Kind.HEARING);
        if (limited && ends != null)
            return Text.of("filing.told." + step.kind().code(), day(lastDay(ends), file.stageProvisional()));
        LocalDate promised = file.promisedBy();
        if (promised == null || file.signedAt() != null) return Text.of("filing.told.step", step.name());
        return Text.of(
                step.stopsTheClock() ? "filing.told.step.stands" : "filing.told.step.promised", step.name(), promised);
    }

    private static Text day(LocalDate day, boolean provisional) {
        return provisional ? Text.of("filing.told.provisional", day) : Text.of(day);
    }

    /** A limit ends at 24:00 of its last day. */
    private static LocalDate lastDay(Instant end) {
        return end.minusMillis(1).atZone(CityClock.ZONE).toLocalDate();
    }

    private static Optional<Text> follows(CaseEvent event, Case file) {
        LocalDate promised = file.promisedBy();
        return switch (event.kind()) {
            case "accepted" -> Optional.ofNullable(promised).map(day -> Text.of("filing.told.accepted", day));
            case "closed" ->
                Optional.of(Text.of("filing.told.closed." + Objects.requireNonNullElse(file.outcome(), "withdrawn")));
            case "signed" -> Optional.of(Text.of("filing.told.signed"));
            default ->
                FOLLOWED.contains(event.kind())
                        ? Optional.of(Text.of("filing.told." + event.kind()))
                        : Optional.empty();
        };
    }
}

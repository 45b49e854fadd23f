package cn.jincai.process.reminders;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.payment.LaterInstalments;
import cn.jincai.policy.Step.Kind;
import cn.jincai.process.AccountLimit;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is asked of an applicant now, and until when: of what he has done, or need not do any more, there is nothing. */
@Component
class OpenLimits {
    private final CaseFile cases;
    private final AccountLimit accounts;
    private final LaterInstalments instalments;

    OpenLimits(CaseFile cases, AccountLimit accounts, LaterInstalments instalments) {
        this.cases = cases;
        this.accounts = accounts;
        this.instalments = instalments;
    }

    /** The last day as it stands now: notices of holidays move it. */
    Optional<LocalDate> last(CaseNumber number, Limit limit) {
        Case file = cases.get(number);
        return switch (limit.kind()) {
            case SUPPLEMENT -> at(file, Kind.ASKS_APPLICANT);
            case HEARING -> at(file, Kind.HEARING);
            case ACCOUNT ->
                file.accountAsked() == null
                        ? Optional.empty()
                        : accounts.end(number).map(OpenLimits::lastDay);
            case INSTALMENT ->
                instalments.open(file).stream()
                        .filter(later -> later.key().equals(limit.subject()))
                        .map(later -> later.part().to())
                        .findFirst();
        };
    }

    private static Optional<LocalDate> at(Case file, Kind kind) {
        return file.stage().is(kind) ? Optional.ofNullable(lastDay(file.stageEnds())) : Optional.empty();
    }

    private static @Nullable LocalDate lastDay(@Nullable Instant end) {
        return end == null ? null : end.minusMillis(1).atZone(CityClock.ZONE).toLocalDate();
    }
}

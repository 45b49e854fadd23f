package cn.jincai.web.security.factors;

import cn.jincai.applicant.Passkeys;
import cn.jincai.applicant.Passkeys.Passkey;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.web.security.PasskeyPlace;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** What a browser was asked of a passkey is kept in its session until it answers: once, and for five minutes. */
@Component
class PasskeyAnswers {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String TO_MAKE = "passkey-to-make", TO_USE = "passkey-to-use";

    private final Passkeys passkeys;
    private final PasskeyPlace place;
    private final CityClock clock;
    private volatile @Nullable PasskeyCeremonies made;

    PasskeyAnswers(Passkeys passkeys, PasskeyPlace place, CityClock clock) {
        this.passkeys = passkeys;
        this.place = place;
        this.clock = clock;
    }

    private record Waiting(PasskeyCeremonies.Asked asked, Instant since, String label) {}

    /** @return the question, as JSON @throws Problem NOT_FOUND where the installation has no address for passkeys */
    String askToMake(Authentication holder, String label, HttpSession session) {
        return ask(TO_MAKE, ceremonies().make(holder), label, session);
    }

    /** @param holder whose passkeys may answer; anybody's where nobody is signed in @throws Problem NOT_FOUND */
    String askToUse(@Nullable Authentication holder, HttpSession session) {
        return ask(TO_USE, ceremonies().use(holder), "", session);
    }

    /** @throws Problem INVALID */
    Passkey made(String answer, String account, HttpSession session) {
        Waiting waiting = take(TO_MAKE, session);
        return ceremonies().made(waiting.asked(), answer, account, waiting.label());
    }

    /** @throws Problem INVALID */
    Passkey used(String answer, HttpSession session) {
        return ceremonies().used(take(TO_USE, session).asked(), answer);
    }

    private String ask(String what, PasskeyCeremonies.Asked asked, String label, HttpSession session) {
        session.setAttribute(what, new Waiting(asked, clock.instant(), label));
        return asked.json();
    }

    private Waiting take(String what, HttpSession session) {
        Object waiting = session.getAttribute(what);
        session.removeAttribute(what);
        return Optional.ofNullable(waiting)
                .map(Waiting.class::cast)
                .filter(w -> clock.instant().isBefore(w.since().plus(PATIENCE)))
                .orElseThrow(() -> Problem.invalid("passkey", "applicant.PASSKEY_LATE"));
    }

    private synchronized PasskeyCeremonies ceremonies() {
        if (!place.isOffered()) throw Problem.notFound();
        PasskeyCeremonies known = made;
        if (known == null) made = known = new PasskeyCeremonies(passkeys, place);
        return known;
    }
}

package cn.jincai.web.security.factors;

import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Passkeys;
import cn.jincai.applicant.Passkeys.Passkey;
import cn.jincai.applicant.Standings;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.web.problem.Refusal;
import cn.jincai.web.security.SignInRecord;
import cn.jincai.web.security.SignInRefusals;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a page's script asks before a browser makes or uses a passkey, and signing in with one alone. */
@Controller
class PasskeyPages {
    private final Passkeys passkeys;
    private final PasskeyAnswers answers;
    private final Accounts accounts;
    private final Standings standings;
    private final FinishedSignIn finished;
    private final SignInRecord record;

    PasskeyPages(
            Passkeys passkeys,
            PasskeyAnswers answers,
            Accounts accounts,
            Standings standings,
            FinishedSignIn finished,
            SignInRecord record) {
        this.passkeys = passkeys;
        this.answers = answers;
        this.accounts = accounts;
        this.standings = standings;
        this.finished = finished;
        this.record = record;
    }

    /** Whoever is signed in, be it half, is asked for one of his own. */
    @PostMapping("/passkey/options")
    @PreAuthorize("permitAll()")
    ResponseEntity<?> use(Optional<Actor> actor, @Nullable Authentication session, HttpServletRequest request) {
        return json(answers.askToUse(actor.isPresent() ? session : null, request.getSession()));
    }

    /** Only with the password: whoever finds a session open would stay for good. */
    @PostMapping("/account/passkeys/options")
    @PreAuthorize("isAuthenticated()")
    ResponseEntity<?> make(
            Actor actor,
            @RequestParam(defaultValue = "") String label,
            @RequestParam(defaultValue = "") String password,
            Authentication session,
            HttpServletRequest request,
            Locale locale) {
        try {
            String name = passkeys.mayRegister(label, password, actor);
            return json(answers.askToMake(session, name, request.getSession()));
        } catch (Problem problem) {
            var refusal = Refusal.of(problem);
            return ResponseEntity.status(refusal.status()).body(Map.of("mistake", refusal.firstIn(locale)));
        }
    }

    /** A passkey is two factors: what its holder has, and his finger, face or PIN. */
    @PostMapping("/sign-in/passkey")
    @PreAuthorize("permitAll()")
    @Nullable
    String signIn(
            Optional<Actor> actor,
            @RequestParam(defaultValue = "") String passkey,
            HttpServletRequest request,
            HttpServletResponse response)
            throws ServletException, IOException {
        if (actor.isPresent()) return "redirect:/";
        try {
            Passkey used = answers.used(passkey, request.getSession());
            if (mayNot(used.account())) {
                record.codeFailed(used.account());
                throw Problem.invalid("passkey", "applicant.PASSKEY_WRONG");
            }
            finished.atOnce(used.account(), request, response);
            return null;
        } catch (Problem problem) {
            request.setAttribute(SignInRefusals.REASON, problem);
            return "forward:/sign-in/again";
        }
    }

    /** As with a password: not locked, no program, and no first password that has lapsed. */
    private boolean mayNot(String account) {
        var standing = standings.of(account);
        return accounts.find(account).locked() || standing.program() || standing.lapsed();
    }

    private static ResponseEntity<String> json(String body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }
}

package cn.jincai.web.security.factors;

import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Passkeys;
import cn.jincai.applicant.Passkeys.Passkey;
import cn.jincai.applicant.SecondFactors;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.web.problem.Refusal;
import cn.jincai.web.security.PasskeyPlace;
import cn.jincai.web.security.SignInRecord;
import cn.jincai.web.security.UnfinishedSignIn;
import io.nayuki.qrcodegen.QrCode;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.RequestContextUtils;

/** The second factor after the password, and one's own: codes of a telephone and passkeys, set, renewed, taken off. The secret goes nowhere but onto its holder's page. */
@Controller
@PreAuthorize("isAuthenticated()")
class SecondFactorPages {
    private static final String OWN = "redirect:/account/second-factor";

    private final SecondFactors factors;
    private final Passkeys passkeys;
    private final PasskeyAnswers answers;
    private final PasskeyPlace place;
    private final Accounts accounts;
    private final FinishedSignIn finished;
    private final SignInRecord record;

    SecondFactorPages(
            SecondFactors factors,
            Passkeys passkeys,
            PasskeyAnswers answers,
            PasskeyPlace place,
            Accounts accounts,
            FinishedSignIn finished,
            SignInRecord record) {
        this.factors = factors;
        this.passkeys = passkeys;
        this.answers = answers;
        this.place = place;
        this.accounts = accounts;
        this.finished = finished;
        this.record = record;
    }

    /** What somebody shows for a factor of his: a code, of the telephone or on paper, or what a passkey has signed. */
    record Shown(@Nullable String code, @Nullable String passkey) {}

    @GetMapping("/sign-in/code")
    String ask(Actor actor, Authentication session, Model model, HttpServletRequest request) {
        if (!isLeft(session, UnfinishedSignIn.Left.CODE)) return "redirect:/";
        return ask(actor, model, request);
    }

    private String ask(Actor actor, Model model, HttpServletRequest request) {
        model.addAttribute("offer", place.offer(request))
                .addAttribute("inUse", factors.isInUse(actor.account()))
                .addAttribute("passkeys", passkeys.of(actor.account()));
        return "sign-in-code";
    }

    @PostMapping("/sign-in/code")
    @Nullable
    String code(
            Actor actor,
            Shown shown,
            Authentication session,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response)
            throws ServletException, IOException {
        if (!isLeft(session, UnfinishedSignIn.Left.CODE)) return "redirect:/";
        try {
            prove(actor, shown, request);
        } catch (Problem problem) {
            record.codeFailed(actor.account());
            return again(ask(actor, model, request), problem, model, response);
        }
        finished.goOn(session, request, response);
        return null;
    }

    @GetMapping("/account/second-factor")
    String show(Actor actor, Authentication session, Model model, HttpServletRequest request) {
        return own(actor, session, model, request);
    }

    /** Beside a passkey it needs one to be shown. */
    @PostMapping("/account/second-factor")
    String begin(Actor actor, Shown shown, Model model, HttpServletRequest request, HttpServletResponse response) {
        return done(actor, model, request, response, () -> {
            if (!passkeys.of(actor.account()).isEmpty()) prove(actor, shown, request);
            factors.begin(actor);
            return List.of();
        });
    }

    /** The first code sets it. Who was asked for it on the way in goes on as whoever he is. */
    @PostMapping("/account/second-factor/code")
    String confirm(Actor actor, Shown shown, Model model, HttpServletRequest request, HttpServletResponse response) {
        return done(actor, model, request, response, () -> {
            List<String> onPaper = factors.confirm(text(shown.code()), actor);
            enter(request, response);
            return onPaper;
        });
    }

    /** What the browser made after its script had asked with label and password. */
    @PostMapping("/account/passkeys")
    String register(Actor actor, Shown shown, Model model, HttpServletRequest request, HttpServletResponse response) {
        return done(actor, model, request, response, () -> {
            Passkey made = answers.made(text(shown.passkey()), actor.account(), request.getSession());
            List<String> onPaper = passkeys.register(made, actor);
            enter(request, response);
            return onPaper;
        });
    }

    @PostMapping("/account/passkeys/remove")
    String remove(
            Actor actor,
            Shown shown,
            @RequestParam(defaultValue = "") String id,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        return done(actor, model, request, response, () -> {
            factors.mustKeepOne(actor);
            prove(actor, shown, request);
            passkeys.remove(id, actor);
            return List.of();
        });
    }

    @PostMapping("/account/second-factor/recovery-codes")
    String renew(Actor actor, Shown shown, Model model, HttpServletRequest request, HttpServletResponse response) {
        return done(actor, model, request, response, () -> {
            prove(actor, shown, request);
            return factors.renewRecoveryCodes(actor);
        });
    }

    @PostMapping("/account/second-factor/off")
    String off(Actor actor, Shown shown, Model model, HttpServletRequest request, HttpServletResponse response) {
        return done(actor, model, request, response, () -> {
            factors.mustKeepOne(actor);
            prove(actor, shown, request);
            factors.remove(actor);
            return List.of();
        });
    }

    /** @throws Problem INVALID, TOO_MANY; another's passkey is as wrong as none */
    private void prove(Actor actor, Shown shown, HttpServletRequest request) {
        if (text(shown.passkey()).isEmpty()) factors.check(actor.account(), text(shown.code()));
        else if (!answers.used(text(shown.passkey()), request.getSession())
                .account()
                .equals(actor.account())) throw Problem.invalid("passkey", "applicant.PASSKEY_WRONG");
    }

    /** @param step tries something, and answers codes on paper that are told once */
    private String done(
            Actor actor,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            Supplier<List<String>> step) {
        try {
            List<String> onPaper = step.get();
            if (!onPaper.isEmpty())
                RequestContextUtils.getOutputFlashMap(request).put("recovery", onPaper);
            return OWN;
        } catch (Problem problem) {
            return again(own(actor, signedIn(request), model, request), problem, model, response);
        }
    }

    private void enter(HttpServletRequest request, HttpServletResponse response) {
        if (isLeft(signedIn(request), UnfinishedSignIn.Left.FACTOR))
            finished.become(signedIn(request), request, response);
    }

    private static Authentication signedIn(HttpServletRequest request) {
        return (Authentication) Objects.requireNonNull(request.getUserPrincipal());
    }

    private static String text(@Nullable String field) {
        return field == null ? "" : field.strip();
    }

    private String own(Actor actor, Authentication session, Model model, HttpServletRequest request) {
        String account = actor.account();
        boolean inUse = factors.isInUse(account);
        List<Passkey> own = passkeys.of(account);
        model.addAttribute("inUse", inUse)
                .addAttribute("passkeys", own)
                .addAttribute("offer", place.offer(request))
                .addAttribute("left", factors.recoveryCodesLeft(account))
                .addAttribute("wanted", isLeft(session, UnfinishedSignIn.Left.FACTOR))
                .addAttribute(
                        "last",
                        factors.isRequired(accounts.find(account).roles()) && own.size() + (inUse ? 1 : 0) == 1);
        factors.begun(account).ifPresent(secret -> {
            String link = "otpauth://totp/" + encode("晋才") + ":" + encode(account) + "?secret=" + secret + "&issuer="
                    + encode("晋才");
            model.addAttribute("secret", secret.replaceAll("(.{4})(?=.)", "$1 "))
                    .addAttribute("link", link)
                    .addAttribute("picture", picture(link));
        });
        return "second-factor";
    }

    private static String again(String page, Problem problem, Model model, HttpServletResponse response) {
        model.addAttribute(
                "mistake",
                Refusal.inForm(problem, response).stream()
                        .map(m -> m.message().in(LocaleContextHolder.getLocale()))
                        .findFirst()
                        .orElseThrow());
        return page;
    }

    private static boolean isLeft(Authentication session, UnfinishedSignIn.Left what) {
        return UnfinishedSignIn.Left.of(session).equals(Optional.of(what));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Drawn here, as one path of unit squares with the four blank ones that readers need around it. */
    private static String picture(String link) {
        QrCode code = QrCode.encodeText(link, QrCode.Ecc.MEDIUM);
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++)
            for (int x = 0; x < code.size; x++)
                if (code.getModule(x, y)) path.append("M%d,%dh1v1h-1z".formatted(x + 4, y + 4));
        String svg =
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %1$d\"><path fill=\"#fff\" d=\"M0,0h%1$dv%1$dh-%1$dz\"/><path d=\"%2$s\"/></svg>"
                        .formatted(code.size + 8, path);
        return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    }
}

package cn.jincai.web.security;

import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.SecondFactors;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.web.problem.Refusal;
import io.nayuki.qrcodegen.QrCode;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The code after the password, and one's own second factor: set, renewed, taken off. The secret goes nowhere but onto its holder's page. */
@Controller
@PreAuthorize("isAuthenticated()")
class SecondFactorPages {
    private static final String OWN = "redirect:/account/second-factor";

    private final SecondFactors factors;
    private final Accounts accounts;
    private final FinishedSignIn finished;
    private final SignInRecord record;

    SecondFactorPages(SecondFactors factors, Accounts accounts, FinishedSignIn finished, SignInRecord record) {
        this.factors = factors;
        this.accounts = accounts;
        this.finished = finished;
        this.record = record;
    }

    @GetMapping("/sign-in/code")
    String ask(Authentication session) {
        return isLeft(session, UnfinishedSignIn.Left.CODE) ? "sign-in-code" : "redirect:/";
    }

    @PostMapping("/sign-in/code")
    @Nullable
    String code(
            Actor actor,
            @RequestParam(defaultValue = "") String code,
            Authentication session,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response)
            throws ServletException, IOException {
        if (!isLeft(session, UnfinishedSignIn.Left.CODE)) return "redirect:/";
        try {
            factors.check(actor.account(), code);
        } catch (Problem problem) {
            record.codeFailed(actor.account());
            return again("sign-in-code", problem, model, response);
        }
        finished.goOn(session, request, response);
        return null;
    }

    @GetMapping("/account/second-factor")
    String show(Actor actor, Authentication session, Model model) {
        return own(actor, session, model);
    }

    @PostMapping("/account/second-factor")
    String begin(Actor actor) {
        factors.begin(actor);
        return OWN;
    }

    /** The first code sets it. Who was asked for it on the way in goes on as whoever he is. */
    @PostMapping("/account/second-factor/code")
    String confirm(
            Actor actor,
            @RequestParam(defaultValue = "") String code,
            Authentication session,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            after.addFlashAttribute("recovery", factors.confirm(code, actor));
        } catch (Problem problem) {
            own(actor, session, model);
            return again("second-factor", problem, model, response);
        }
        if (isLeft(session, UnfinishedSignIn.Left.FACTOR)) finished.become(session, request, response);
        return OWN;
    }

    @PostMapping("/account/second-factor/recovery-codes")
    String renew(
            Actor actor,
            @RequestParam(defaultValue = "") String code,
            Authentication session,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            after.addFlashAttribute("recovery", factors.renewRecoveryCodes(code, actor));
        } catch (Problem problem) {
            own(actor, session, model);
            return again("second-factor", problem, model, response);
        }
        return OWN;
    }

    @PostMapping("/account/second-factor/off")
    String off(
            Actor actor,
            @RequestParam(defaultValue = "") String code,
            Authentication session,
            Model model,
            HttpServletResponse response) {
        try {
            factors.remove(code, actor);
        } catch (Problem problem) {
            own(actor, session, model);
            return again("second-factor", problem, model, response);
        }
        return OWN;
    }

    private String own(Actor actor, Authentication session, Model model) {
        boolean inUse = factors.isInUse(actor.account());
        model.addAttribute("inUse", inUse)
                .addAttribute("left", inUse ? factors.recoveryCodesLeft(actor.account()) : 0)
                .addAttribute("wanted", isLeft(session, UnfinishedSignIn.Left.FACTOR))
                .addAttribute(
                        "required",
                        factors.isRequired(accounts.find(actor.account()).roles()));
        factors.begun(actor.account()).ifPresent(secret -> {
            String link = "otpauth://totp/" + encode("晋才") + ":" + encode(actor.account()) + "?secret=" + secret
                    + "&issuer=" + encode("晋才");
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

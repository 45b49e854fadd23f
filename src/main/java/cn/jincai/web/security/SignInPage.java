package cn.jincai.web.security;

import cn.jincai.applicant.Accounts;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.web.problem.Refusal;
import cn.jincai.web.security.issuer.IssuerSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;

/** One sign-in for the portal and Tasklist. The demo lists its people, whose password is their name. */
@Controller
public class SignInPage {
    /** In the session: why a sign-in by an issuer came to nothing, told once; and where whoever has just signed out in Tasklist is led on, once. */
    public static final String REFUSAL = SignInPage.class.getName() + ".refusal",
            LEADS_ON = SignInPage.class.getName() + ".leadsOn";

    record Person(String account, String role) {}

    /** @param begins where one goes to sign in by it */
    record Issuer(String begins, String name) {}

    private final Accounts accounts;
    private final PasskeyPlace place;
    private final IssuerSettings issuers;
    private final boolean demo;

    SignInPage(Accounts accounts, PasskeyPlace place, IssuerSettings issuers, Environment environment) {
        this.accounts = accounts;
        this.place = place;
        this.issuers = issuers;
        demo = environment.acceptsProfiles(Profiles.of("demo"));
    }

    /** Inside a page whose session has ended it has no form: the form's session would take the place of that of the page around it, which leads to a sign-in of its own. */
    @GetMapping("/sign-in")
    @PreAuthorize("permitAll()")
    String show(Model model, Locale locale, HttpServletRequest request, HttpServletResponse response) {
        if (SecurityRules.isFramed(request)) {
            model.addAttribute("framed", true);
            return "sign-in-framed";
        }
        if (once(request, LEADS_ON) instanceof String there) return "redirect:" + there;
        if (once(request, REFUSAL) instanceof Text refusal) {
            response.setStatus(HttpStatus.FORBIDDEN.value());
            model.addAttribute("refusal", refusal.in(locale));
        }
        return page(model, locale, request);
    }

    private static @Nullable Object once(HttpServletRequest request, String what) {
        var session = request.getSession(false);
        Object told = session == null ? null : session.getAttribute(what);
        if (told != null) session.removeAttribute(what);
        return told;
    }

    private String page(Model model, Locale locale, HttpServletRequest request) {
        model.addAttribute("typed", UnsentForms.waiting(request).isPresent());
        model.addAttribute("offer", place.offer(request));
        model.addAttribute("people", demo ? people(locale) : List.of());
        model.addAttribute(
                "issuers",
                issuers.issuers().keySet().stream()
                        .sorted()
                        .map(issuer -> new Issuer(
                                "/sign-in/by/" + issuer, issuers.nameOf(issuer).in(locale)))
                        .toList());
        return "sign-in";
    }

    /** Asked for by a page that is still worked in, so that its session goes on; told for how long. */
    @GetMapping("/session")
    @PreAuthorize("isAuthenticated()")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void goesOn(HttpSession session, HttpServletResponse response) {
        response.setIntHeader("Session-Seconds", session.getMaxInactiveInterval());
    }

    @PostMapping("/sign-in/again")
    @PreAuthorize("permitAll()")
    String again(Model model, Locale locale, HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(SignInRefusals.REASON) instanceof TooManyAttempts many) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            model.addAttribute("refusal", ApiRefusals.tooMany(many).text().in(locale));
        } else if (request.getAttribute(SignInRefusals.REASON) instanceof DisabledException) {
            response.setStatus(HttpStatus.FORBIDDEN.value());
            model.addAttribute("refusal", Text.of("web.PROGRAM_ACCOUNT").in(locale));
        } else if (request.getAttribute(SignInRefusals.REASON) instanceof CredentialsExpiredException) {
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            model.addAttribute("refusal", Text.of("web.PASSWORD_LAPSED").in(locale));
        } else if (request.getAttribute(SignInRefusals.REASON) instanceof Problem passkey) {
            var refusal = Refusal.of(passkey);
            response.setStatus(refusal.status().value());
            model.addAttribute("refusal", refusal.firstIn(locale));
        } else {
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            model.addAttribute("wrong", true);
        }
        model.addAttribute("account", request.getParameter("username"));
        return page(model, locale, request);
    }

    /** Those whom the demo made; whoever registered has a made-up name of digits and is not told here. */
    private List<Person> people(Locale locale) {
        String between = locale.getLanguage().equals("en") ? ", " : "、";
        return accounts.everybody().stream()
                .filter(somebody -> !somebody.account().matches("p\\d+"))
                .map(somebody -> new Person(
                        somebody.account(),
                        somebody.roles().stream()
                                .map(role -> role.text().in(locale))
                                .collect(Collectors.joining(between))))
                .toList();
    }
}

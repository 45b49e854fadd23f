package cn.jincai.web.security.issuer;

import cn.jincai.applicant.IssuerAccounts;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Conditional;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One's own account, tied to who one is at an issuer, and parted from it. */
@Controller
@Conditional(IssuersConfigured.class)
@PreAuthorize("isAuthenticated()")
class IssuerPages {
    private final IssuerSettings settings;
    private final IssuerAccounts accounts;

    IssuerPages(IssuerSettings settings, IssuerAccounts accounts) {
        this.settings = settings;
        this.accounts = accounts;
    }

    @PostMapping("/account/issuers/{issuer}")
    String tie(
            Actor actor,
            @PathVariable String issuer,
            @RequestParam(defaultValue = "") String issuerPassword,
            HttpServletRequest request,
            RedirectAttributes after) {
        addressOf(issuer);
        try {
            accounts.mustBeHolder(issuerPassword, actor);
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.INVALID) throw problem;
            after.addFlashAttribute("issuerMistake", problem.text());
            return "redirect:/account#issuers";
        }
        TyingAccount.begin(actor, issuer, request.getSession());
        return "redirect:" + SignInByIssuer.BEGIN + "/" + issuer;
    }

    @PostMapping("/account/issuers/{issuer}/off")
    String untie(Actor actor, @PathVariable String issuer, RedirectAttributes after) {
        accounts.untie(addressOf(issuer), actor);
        after.addFlashAttribute("done", "issuer.untied");
        return "redirect:/account";
    }

    private String addressOf(String issuer) {
        var known = settings.issuers().get(issuer);
        if (known == null) throw Problem.notFound();
        return known.url().toString();
    }
}

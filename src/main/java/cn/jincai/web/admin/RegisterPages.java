package cn.jincai.web.admin;

import cn.jincai.applicant.FirstAdministrator;
import cn.jincai.applicant.Registration;
import cn.jincai.kernel.Problem;
import cn.jincai.web.server.Network;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** For those who have no account yet: registering, and the first administrator's one-time door. */
@Controller
class RegisterPages {
    private final Registration registration;
    private final FirstAdministrator firstAdministrator;

    RegisterPages(Registration registration, FirstAdministrator firstAdministrator) {
        this.registration = registration;
        this.firstAdministrator = firstAdministrator;
    }

    @GetMapping("/register")
    @PreAuthorize("permitAll()")
    String register(Model model) {
        model.addAttribute("filled", new Registration.Filled("", "RESIDENT_ID", "", "", "", "", "", false));
        return form(model, Mistakes.NONE);
    }

    @PostMapping("/register")
    @PreAuthorize("permitAll()")
    String register(
            @ModelAttribute("filled") Registration.Filled filled,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            registration.register(filled, Network.of(request.getRemoteAddr()));
            return "redirect:/register/done";
        } catch (Problem problem) {
            return form(model, Mistakes.inForm(problem, response));
        }
    }

    @GetMapping("/register/done")
    @PreAuthorize("permitAll()")
    String registered() {
        return "admin/registered";
    }

    @GetMapping("/first-administrator")
    @PreAuthorize("permitAll()")
    String firstAdministrator(Model model) {
        if (!firstAdministrator.isAwaited()) throw Problem.notFound();
        model.addAttribute("second", firstAdministrator.isSecond());
        return first(model, "", "", Mistakes.NONE);
    }

    @PostMapping("/first-administrator")
    @PreAuthorize("permitAll()")
    String firstAdministrator(
            @RequestParam String token,
            @RequestParam String name,
            @RequestParam String displayName,
            @RequestParam String password,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            firstAdministrator.make(token, name, displayName, password, Network.of(request.getRemoteAddr()));
            return "redirect:/sign-in";
        } catch (Problem problem) {
            return first(model, name, displayName, Mistakes.inForm(problem, response));
        }
    }

    private static String form(Model model, Mistakes mistakes) {
        model.addAttribute("mistakes", mistakes)
                .addAttribute("types", Registration.DOCUMENT_TYPES)
                .addAttribute("consent", Registration.CONSENT);
        return "admin/register";
    }

    private static String first(Model model, String name, String displayName, Mistakes mistakes) {
        model.addAttribute("name", name)
                .addAttribute("displayName", displayName)
                .addAttribute("mistakes", mistakes);
        return "admin/first-administrator";
    }
}

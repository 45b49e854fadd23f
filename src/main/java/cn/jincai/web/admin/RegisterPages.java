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
        String network = Network.of(request.getRemoteAddr());
        Mistakes mistakes = Mistakes.of(response, () -> registration.register(filled, network));
        return mistakes.isEmpty() ? "redirect:/register/done" : form(model, mistakes);
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
        String network = Network.of(request.getRemoteAddr());
        Mistakes mistakes =
                Mistakes.of(response, () -> firstAdministrator.make(token, name, displayName, password, network));
        return mistakes.isEmpty() ? "redirect:/sign-in" : first(model, name, displayName, mistakes);
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

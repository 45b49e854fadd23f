package cn.jincai.web.admin;

import cn.jincai.applicant.contacts.Contacts;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Contact.Way;
import cn.jincai.kernel.Problem;
import cn.jincai.web.server.Network;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One's own phone and address of mail, each confirmed by a code. */
@Controller
@PreAuthorize("isAuthenticated()")
class ContactPages {
    private final Contacts contacts;

    ContactPages(Contacts contacts) {
        this.contacts = contacts;
    }

    @GetMapping("/account/contact/{way}")
    String show(Actor who, @PathVariable String way, Model model) {
        return page(who, way, null, model, Mistakes.NONE);
    }

    @PostMapping("/account/contact/{way}")
    String ask(
            Actor who,
            @PathVariable String way,
            @RequestParam String value,
            @RequestParam String proof,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        String network = Network.of(request.getRemoteAddr());
        Mistakes mistakes = Mistakes.of(response, () -> contacts.ask(who, Way.of(way), value, proof, network));
        return mistakes.isEmpty() ? "redirect:/account/contact/" + way : page(who, way, value, model, mistakes);
    }

    @PostMapping("/account/contact/{way}/code")
    String confirm(
            Actor who,
            @PathVariable String way,
            @RequestParam(defaultValue = "") String code,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        Mistakes mistakes = Mistakes.of(response, () -> contacts.confirm(who, Way.of(way), code));
        if (!mistakes.isEmpty()) return page(who, way, null, model, mistakes);
        after.addFlashAttribute("done", "contact.done");
        return "redirect:/account";
    }

    private String page(Actor who, String way, @Nullable String typed, Model model, Mistakes mistakes) {
        Contacts.Reached reached = contacts.of(who.account()).stream()
                .filter(r -> r.way() == Way.of(way))
                .findFirst()
                .orElseThrow(Problem::notFound);
        model.addAttribute("way", way)
                .addAttribute("reached", reached)
                .addAttribute(
                        "value", Objects.requireNonNullElse(typed, Objects.requireNonNullElse(reached.value(), "")))
                .addAttribute("minutes", Contacts.CODE_LIVES.toMinutes())
                .addAttribute("mistakes", mistakes);
        return "admin/contact";
    }
}

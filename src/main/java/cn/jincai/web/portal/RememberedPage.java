package cn.jincai.web.portal;

import cn.jincai.filing.remembered.Forgotten;
import cn.jincai.filing.remembered.Known;
import cn.jincai.filing.remembered.Origin;
import cn.jincai.filing.remembered.Remembered;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Packages;
import cn.jincai.policy.forms.Form;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What the next application would begin with, for its person to see and to have forgotten. */
@Controller
@PreAuthorize("hasAuthority('applicant')")
class RememberedPage {
    private final Remembered remembered;
    private final Forgotten forgotten;
    private final Packages packages;
    private final CityClock clock;
    private final ObjectMapper json;

    RememberedPage(Remembered remembered, Forgotten forgotten, Packages packages, CityClock clock, ObjectMapper json) {
        this.remembered = remembered;
        this.forgotten = forgotten;
        this.packages = packages;
        this.clock = clock;
        this.json = json;
    }

    @GetMapping("/account/remembered")
    String show(Actor who, Model model) {
        Map<Form.Field, Known> all = remembered.all(who, packages.offered());
        model.addAttribute(
                "lines",
                all.entrySet().stream()
                        .map(e -> KnownAnswers.line(e.getKey(), e.getValue(), json, clock.today()))
                        .toList());
        return "cases/remembered";
    }

    /** @param field its key; empty for everything that is not the account's own */
    @PostMapping("/account/remembered")
    String forget(Actor who, @RequestParam(defaultValue = "") String field, RedirectAttributes after) {
        List<String> mayGo = remembered.all(who, packages.offered()).values().stream()
                .filter(k -> k.origin().kind() != Origin.Kind.ACCOUNT)
                .map(Known::key)
                .filter(key -> field.isEmpty() || key.equals(field))
                .toList();
        if (mayGo.isEmpty()) throw Problem.notFound();
        mayGo.forEach(key -> forgotten.forget(who.account(), key));
        after.addFlashAttribute("told", "remembered.forgotten");
        return "redirect:/account/remembered";
    }
}

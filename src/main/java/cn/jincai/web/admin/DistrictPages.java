package cn.jincai.web.admin;

import cn.jincai.applicant.Districts;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Text;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 镇街分工: the districts, where employers are and for which officers work. */
@Controller
@RequestMapping("/admin/districts")
@PreAuthorize("hasAuthority('admin')")
class DistrictPages {
    private final Districts districts;

    DistrictPages(Districts districts) {
        this.districts = districts;
    }

    @GetMapping
    String show(Model model) {
        return page(model, Map.of(), Mistakes.NONE);
    }

    @PostMapping
    String enter(
            Actor who,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String zh,
            @RequestParam(defaultValue = "") String en,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        return done(
                model,
                response,
                after,
                Map.of("code", code, "zh", zh, "en", en),
                () -> districts.enter(who, code, zh, en));
    }

    @PostMapping("/employers")
    String place(
            Actor who,
            @RequestParam(defaultValue = "") String employerCode,
            @RequestParam(defaultValue = "") String district,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        return done(
                model,
                response,
                after,
                Map.of("employerCode", employerCode, "district", district),
                () -> districts.place(who, employerCode, district));
    }

    @PostMapping("/employers/remove")
    String leave(Actor who, @RequestParam String employerCode, RedirectAttributes after) {
        districts.leave(who, employerCode);
        return done(after);
    }

    @PostMapping("/officers")
    String assign(
            Actor who,
            @RequestParam(defaultValue = "") String account,
            @RequestParam(defaultValue = "") String district,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        return done(
                model,
                response,
                after,
                Map.of("account", account, "district", district),
                () -> districts.assign(who, account, district));
    }

    @PostMapping("/officers/remove")
    String unassign(Actor who, @RequestParam String account, @RequestParam String district, RedirectAttributes after) {
        districts.unassign(who, account, district);
        return done(after);
    }

    private String done(
            Model model,
            HttpServletResponse response,
            RedirectAttributes after,
            Map<String, String> typed,
            Runnable change) {
        Mistakes mistakes = Mistakes.of(response, change);
        return mistakes.isEmpty() ? done(after) : page(model, typed, mistakes);
    }

    private static String done(RedirectAttributes after) {
        after.addFlashAttribute("done", "districts.done");
        return "redirect:/admin/districts";
    }

    private String page(Model model, Map<String, String> typed, Mistakes mistakes) {
        Map<String, String> fields = new HashMap<>(
                Map.of("code", "", "zh", "", "en", "", "employerCode", "", "account", "", "district", ""));
        fields.putAll(typed);
        var all = districts.all();
        Map<String, Text> names =
                all.stream().collect(Collectors.toMap(Districts.District::code, Districts.District::name));
        model.addAttribute("districts", all)
                .addAttribute("names", names)
                .addAttribute("employers", districts.employers())
                .addAttribute("officers", districts.officers())
                .addAttribute("typed", fields)
                .addAttribute("mistakes", mistakes);
        return "admin/districts";
    }
}

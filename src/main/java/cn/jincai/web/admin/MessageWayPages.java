package cn.jincai.web.admin;

import cn.jincai.applicant.contacts.MessageWays;
import cn.jincai.kernel.Actor;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** By which ways one hears of one's messages besides the inbox. */
@Controller
@PreAuthorize("hasAnyAuthority('applicant', 'employer')")
class MessageWayPages {
    private final MessageWays ways;

    MessageWayPages(MessageWays ways) {
        this.ways = ways;
    }

    @GetMapping("/account/messages")
    String show(Actor who, Model model) {
        return page(ways.of(who.account()), model, Mistakes.NONE);
    }

    @PostMapping("/account/messages")
    String choose(
            Actor who,
            @RequestParam(defaultValue = "false") boolean mail,
            @RequestParam(defaultValue = "false") boolean texts,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        Mistakes mistakes = Mistakes.of(response, () -> ways.choose(who, mail, texts));
        if (!mistakes.isEmpty()) return page(new MessageWays.Chosen(mail, texts), model, mistakes);
        after.addFlashAttribute("done", "ways.saved");
        return "redirect:/account";
    }

    private String page(MessageWays.Chosen chosen, Model model, Mistakes mistakes) {
        model.addAttribute("chosen", chosen)
                .addAttribute("offersTexts", ways.canText() || chosen.texts())
                .addAttribute("mistakes", mistakes);
        return "admin/message-ways";
    }
}

package cn.jincai.web.portal;

import cn.jincai.filing.messages.Inbox;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The messages of whoever is signed in; they count as read when he says so. */
@Controller
class InboxPage {
    private final Inbox inbox;

    InboxPage(Inbox inbox) {
        this.inbox = inbox;
    }

    @GetMapping("/inbox")
    @PreAuthorize("isAuthenticated()")
    String show(
            Actor who,
            @RequestParam(defaultValue = "false") boolean unreadOnly,
            @RequestParam(name = "case", required = false) @Nullable CaseNumber about,
            @RequestParam(defaultValue = "0") int page,
            Model model) {
        model.addAttribute("messages", inbox.of(who, unreadOnly, about, page, 20))
                .addAttribute("unreadOnly", unreadOnly)
                .addAttribute("ofCase", about)
                .addAttribute(
                        "here",
                        UriComponentsBuilder.fromPath("/inbox")
                                .queryParamIfPresent(
                                        "unreadOnly", Optional.of(unreadOnly).filter(only -> only))
                                .queryParamIfPresent("case", Optional.ofNullable(about))
                                .toUriString());
        model.addAttribute("unread", inbox.unread(who));
        return "cases/inbox";
    }

    @PostMapping("/inbox/read")
    @PreAuthorize("isAuthenticated()")
    String read(Actor who) {
        inbox.read(who);
        return "redirect:/inbox";
    }
}

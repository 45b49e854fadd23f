package cn.jincai.web.office;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.document.CaseFilePrint;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.review.panel.Candidate;
import cn.jincai.review.panel.PanelDraws;
import cn.jincai.review.panel.PanelMinutes;
import cn.jincai.web.api.FileAnswer;
import cn.jincai.web.portal.Formats;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** The panels of a case: the minutes, once they have closed, for leaders and auditors; how their experts were drawn, and drawn again, for auditors alone. */
@Controller
@RequestMapping("/officers/cases/{number}/panels")
class PanelPages {
    private static final String READERS = "hasAnyAuthority('leader', 'auditor')";

    private final CaseFile cases;
    private final PanelMinutes minutes;
    private final PanelDraws draws;
    private final Accounts accounts;
    private final CaseFilePrint print;
    private final ITemplateEngine templates;
    private final Formats formats;
    private final CityClock clock;

    PanelPages(
            CaseFile cases,
            PanelMinutes minutes,
            PanelDraws draws,
            Accounts accounts,
            CaseFilePrint print,
            ITemplateEngine templates,
            Formats formats,
            CityClock clock) {
        this.cases = cases;
        this.minutes = minutes;
        this.draws = draws;
        this.accounts = accounts;
        this.print = print;
        this.templates = templates;
        this.formats = formats;
        this.clock = clock;
    }

    @GetMapping
    @PreAuthorize(READERS)
    String show(Actor who, @PathVariable CaseNumber number, Model model) {
        mustRead(who, number);
        List<PanelDraws.Shown> drawn = who.is(Role.AUDITOR) ? draws.of(number) : List.of();
        model.addAttribute("number", number)
                .addAttribute("panels", minutes.panels(number))
                .addAttribute("draws", drawn)
                .addAttribute(
                        "people",
                        people(drawn.stream()
                                .flatMap(d -> d.lots().stream())
                                .map(lot -> lot.candidate().account())
                                .collect(Collectors.toSet())));
        return "officers/panels";
    }

    /** The experts of a draw as it has them, to draw again with nothing but {@code sha256sum}. */
    @GetMapping("/{panel}/{round}/pool")
    @PreAuthorize("hasAuthority('auditor')")
    ResponseEntity<byte[]> pool(
            Actor who, @PathVariable CaseNumber number, @PathVariable long panel, @PathVariable int round) {
        mustRead(who, number);
        List<Candidate> all = draws.of(number).stream()
                .filter(d -> d.draw().panelId() == panel && d.draw().round() == round)
                .findFirst()
                .orElseThrow(Problem::notFound)
                .lots()
                .stream()
                .map(PanelDraws.Lot::candidate)
                .toList();
        return FileAnswer.attachment(
                number + "-experts-" + round + ".txt",
                MediaType.TEXT_PLAIN_VALUE,
                PanelDraws.pool(all).getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/{panel}/minutes.pdf")
    @PreAuthorize(READERS)
    ResponseEntity<byte[]> pdf(Actor who, @PathVariable CaseNumber number, @PathVariable long panel) {
        mustRead(who, number);
        cases.show(who, number); // recorded
        PanelMinutes.Minutes of = minutes.of(number, panel);
        Map<String, Object> shown = new HashMap<>();
        shown.put("minutes", of);
        shown.put(
                "people",
                people(of.seats().stream()
                        .flatMap(s -> Stream.ofNullable(s.account()))
                        .collect(Collectors.toSet())));
        shown.put("formats", formats);
        shown.put("made", clock.instant());
        shown.put("maker", who.account());
        byte[] pdf = print.of(missing -> {
            shown.put("missing", missing);
            return templates.process("officers/panel-minutes", new Context(LocaleContextHolder.getLocale(), shown));
        });
        return FileAnswer.inline(number + "-panel-" + panel + ".pdf", MediaType.APPLICATION_PDF)
                .body(pdf);
    }

    private void mustRead(Actor who, CaseNumber number) {
        if (!cases.admitsAsOfficer(who, number)) throw Problem.notFound();
    }

    private Map<String, String> people(Collection<String> all) {
        Map<String, String> names = new HashMap<>();
        for (String account : all)
            accounts.look(account).map(Account::displayName).ifPresent(n -> names.put(account, n));
        return names;
    }
}

package cn.jincai.web.portal.filling;

import cn.jincai.document.QrPicture;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseView;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Step.Kind;
import cn.jincai.web.api.FileAnswer;
import cn.jincai.web.portal.CaseForms;
import cn.jincai.web.portal.Formats;
import cn.jincai.web.portal.WhereItStands;
import cn.jincai.web.portal.WholeCase;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** 收件回执: what was handed in and when, who does what first and by which day, and the same for a phone: a code that leads to the case, and the day for its calendar. */
@Controller
@PreAuthorize("hasAnyAuthority('applicant', 'employer')")
class SentPage {
    private final CaseForms forms;
    private final CaseFile cases;
    private final WholeCase whole;
    private final WhereItStands standing;
    private final Formats formats;
    private final MessageSource messages;
    private final CityClock clock;
    private final String portal;

    SentPage(
            CaseForms forms,
            CaseFile cases,
            WholeCase whole,
            WhereItStands standing,
            Formats formats,
            MessageSource messages,
            CityClock clock,
            @Value("${jincai.mail.portal}") String portal) {
        this.forms = forms;
        this.cases = cases;
        this.whole = whole;
        this.standing = standing;
        this.formats = formats;
        this.messages = messages;
        this.clock = clock;
        this.portal = portal;
    }

    @GetMapping("/cases/{number}/sent")
    String show(Actor who, @PathVariable CaseNumber number, Model model) {
        CaseView file = forms.own(who, number);
        if (file.step().is(Kind.DRAFT)) return "redirect:/cases/" + number + "/apply";
        whole.show(model, file);
        standing.show(model, file, cases.get(number));
        model.addAttribute("papers", forms.papers(file))
                .addAttribute("qr", QrPicture.of(link(number)))
                .addAttribute("until", day(file).orElse(null));
        return "cases/sent";
    }

    /** The case by its number: whoever opens it is asked to sign in, and the code tells nothing else. */
    private String link(CaseNumber number) {
        return portal + "/cases/" + number;
    }

    /** The last day on which the step at hand ends by itself or is to be done, or the promised day where one is told. */
    private static Optional<LocalDate> day(CaseView file) {
        return Optional.ofNullable(file.stageEnds())
                .map(end -> end.minusMillis(1).atZone(CityClock.ZONE).toLocalDate())
                .or(() -> Optional.ofNullable(file.promisedBy()));
    }

    /** @throws Problem NOT_FOUND where no day runs */
    @GetMapping("/cases/{number}/day.ics")
    ResponseEntity<byte[]> calendar(Actor who, @PathVariable CaseNumber number) {
        CaseView file = forms.own(who, number);
        LocalDate day = day(file).orElseThrow(Problem::notFound);
        Scheme scheme = forms.pack(file).catalogue();
        CalendarFile event = new CalendarFile(
                number,
                clock.instant(),
                day,
                told("sent.calendar.title", formats.text(file.step().name()), number),
                told("sent.calendar.text", formats.text(scheme.name()), number, formats.date(day)),
                link(number));
        return FileAnswer.attachment(
                number + ".ics", "text/calendar;charset=UTF-8", event.toString().getBytes(StandardCharsets.UTF_8));
    }

    private String told(String key, Object... values) {
        return messages.getMessage(key, values, LocaleContextHolder.getLocale());
    }
}

package cn.jincai.web.office;

import cn.jincai.document.CaseFilePrint;
import cn.jincai.filing.messages.Enquiries;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.web.api.FileAnswer;
import cn.jincai.web.portal.Formats;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** The case's file as a PDF 电子档案 with a table of contents: what its page shows to the same reader, the look on record as there. */
@Controller
public class FilePdf {
    /** A part of the file. @param title key of the page's words */
    record Part(String id, String title) {}

    private static final List<Part> PARTS = List.of(
            new Part("rules", "file.rules"),
            new Part("decided", "file.pdf.decided"),
            new Part("facts", "file.facts"),
            new Part("papers", "file.documents"),
            new Part("opinions", "file.opinions"),
            new Part("said", "file.pdf.said"),
            new Part("money", "payments.title"),
            new Part("answers", "file.answers"),
            new Part("timeline", "timeline.title"));

    private final FilePage file;
    private final ITemplateEngine templates;
    private final Formats formats;
    private final CaseFilePrint print;
    private final Enquiries enquiries;
    private final CityClock clock;

    FilePdf(
            FilePage file,
            ITemplateEngine templates,
            Formats formats,
            CaseFilePrint print,
            Enquiries enquiries,
            CityClock clock) {
        this.enquiries = enquiries;
        this.file = file;
        this.templates = templates;
        this.formats = formats;
        this.print = print;
        this.clock = clock;
    }

    @GetMapping("/officers/cases/{number}/file.pdf")
    @PreAuthorize(OfficerPages.OFFICERS)
    ResponseEntity<byte[]> pdf(Actor who, @PathVariable CaseNumber number, Model model) {
        return FileAnswer.inline(number + ".pdf", MediaType.APPLICATION_PDF).body(of(who, number, model));
    }

    /** @throws cn.jincai.kernel.Problem NOT_FOUND for whoever has no part in the case as an officer */
    public byte[] of(Actor who, CaseNumber number, Model model) {
        file.show(who, number, model, List.of());
        Map<String, Object> shown = new HashMap<>(model.asMap());
        shown.put("formats", formats);
        shown.put("parts", PARTS);
        shown.put("enquiries", enquiries.mayRead(who) ? enquiries.of(number) : List.of());
        shown.put("made", clock.instant());
        shown.put("maker", who.account());
        return print.of(missing -> {
            shown.put("missing", missing);
            return templates.process("officers/file-pdf", new Context(LocaleContextHolder.getLocale(), shown));
        });
    }
}

package cn.jincai.web.inquiry;

import cn.jincai.document.Evidence;
import cn.jincai.document.IssuedDocuments;
import cn.jincai.document.StoredFile;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseView;
import cn.jincai.filing.sight.Purpose;
import cn.jincai.inquiry.EvidenceCheck;
import cn.jincai.inquiry.EvidenceFile;
import cn.jincai.inquiry.EvidenceFile.Part;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Spelling;
import cn.jincai.review.notice.Objections;
import cn.jincai.web.office.FilePdf;
import cn.jincai.web.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** The file of a case as evidence, taken along and checked, for auditors alone. */
@Controller
@RequestMapping("/inquiry/evidence")
@PreAuthorize("hasAuthority('auditor')")
class EvidencePages {
    private final EvidenceFile file;
    private final EvidenceCheck check;
    private final FilePdf pdf;
    private final CaseFile cases;
    private final Objections objections;
    private final Evidence papers;
    private final IssuedDocuments issued;

    EvidencePages(
            EvidenceFile file,
            EvidenceCheck check,
            FilePdf pdf,
            CaseFile cases,
            Objections objections,
            Evidence papers,
            IssuedDocuments issued) {
        this.file = file;
        this.check = check;
        this.pdf = pdf;
        this.cases = cases;
        this.objections = objections;
        this.papers = papers;
        this.issued = issued;
    }

    @GetMapping
    String form(@RequestParam(defaultValue = "") String number, Model model) {
        return page(number, "", List.of(), model);
    }

    /** Streamed: what breaks off in its midst is no whole zip, which every program says. */
    @PostMapping
    @Nullable
    String take(
            Actor who,
            @RequestParam(defaultValue = "") String number,
            @RequestParam(defaultValue = "") String purpose,
            Model model,
            HttpServletResponse response)
            throws IOException {
        List<Part> parts;
        CaseNumber of;
        try {
            String typed = Spelling.ofCode(number);
            if (!CaseNumber.isOne(typed)) throw Problem.invalid("number", "inquiry.number.NONE");
            of = new CaseNumber(typed);
            file.allow(who, of, purpose);
            parts = parts(who, of);
        } catch (Problem problem) {
            return page(number, purpose, Refusal.inForm(problem, response), model);
        }
        response.setContentType("application/zip");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("jincai-evidence-" + of + ".zip")
                        .build()
                        .toString());
        file.write(who, of, parts, response.getOutputStream());
        return null;
    }

    /** In the other language, with what is typed; that takes and checks nothing. */
    @PostMapping(params = "lang")
    String typed(
            @RequestParam(defaultValue = "") String number,
            @RequestParam(defaultValue = "") String purpose,
            Model model) {
        return page(number, purpose, List.of(), model);
    }

    private List<Part> parts(Actor who, CaseNumber number) {
        byte[] whole = pdf.of(who, number, new ExtendedModelMap());
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("file.pdf", null, () -> new ByteArrayInputStream(whole)));
        CaseView shown = cases.show(who, number);
        for (CaseView.Document d : shown.documents())
            parts.add(
                    d.need() != null
                            ? new Part(
                                    "documents/" + d.id() + "-" + d.need() + ending(d.type()),
                                    d.sha256(),
                                    () -> papers.open(number, d.id()))
                            : new Part(
                                    "issued/" + d.id() + "-" + d.kind() + ".pdf",
                                    null,
                                    () -> new ByteArrayInputStream(issued.pdf(number, d.id()))));
        for (Objections.Objection o : objections.of(who, number))
            for (StoredFile paper : o.papers())
                parts.add(new Part(
                        "objections/" + o.id() + "-" + paper.id() + ending(paper.type()),
                        paper.sha256(),
                        () -> papers.openOfObjection(number, o.id(), paper.id())));
        return parts;
    }

    private static String ending(String type) {
        return "." + MediaType.parseMediaType(type).getSubtype();
    }

    @GetMapping("/check")
    String back() {
        return "redirect:/inquiry/evidence";
    }

    @PostMapping("/check")
    String check(Actor who, @RequestParam MultipartFile file, Model model, HttpServletResponse response)
            throws IOException {
        Path here = Files.createTempFile("jincai-evidence", ".zip");
        try {
            file.transferTo(here);
            model.addAttribute("checked", check.check(who, here));
        } catch (Problem problem) {
            return page("", "", Refusal.inForm(problem, response), model);
        } finally {
            Files.delete(here);
        }
        return page("", "", List.of(), model);
    }

    private static String page(String number, String purpose, List<Mistake> mistakes, Model model) {
        Map<String, String> typed = new HashMap<>();
        typed.put("number", number);
        typed.put("purpose", purpose);
        model.addAttribute("typed", typed)
                .addAttribute("mistakes", mistakes)
                .addAttribute("purposes", Purpose.values());
        return "inquiry/evidence";
    }
}

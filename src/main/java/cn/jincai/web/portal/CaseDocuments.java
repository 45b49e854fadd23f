package cn.jincai.web.portal;

import cn.jincai.document.Evidence;
import cn.jincai.document.IssuedDocuments;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseView;
import cn.jincai.filing.Filing;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Step.Kind;
import cn.jincai.review.Decisions;
import cn.jincai.web.api.FileAnswer;
import cn.jincai.web.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Documents that applicants hand in, one or several in a request, and those that the city issued. Of several each is kept or refused by itself. */
@Controller
class CaseDocuments {
    private final Filing filing;
    private final CaseFile cases;
    private final CaseForms forms;
    private final Evidence evidence;
    private final IssuedDocuments issued;
    private final Decisions decisions;

    CaseDocuments(
            Filing filing,
            CaseFile cases,
            CaseForms forms,
            Evidence evidence,
            IssuedDocuments issued,
            Decisions decisions) {
        this.filing = filing;
        this.cases = cases;
        this.forms = forms;
        this.evidence = evidence;
        this.issued = issued;
        this.decisions = decisions;
    }

    @GetMapping("/cases/{number}/papers")
    @PreAuthorize(MandatePages.FILLS)
    String show(Actor who, @PathVariable CaseNumber number, Model model) {
        CaseView file = forms.own(who, number);
        if (file.step().is(Kind.DRAFT) && forms.change(file).isPresent())
            return "redirect:/cases/" + number + "/new-form";
        return page(who, number, model, null, null);
    }

    private String page(Actor who, CaseNumber number, Model model, @Nullable String need, @Nullable Text mistake) {
        CaseView file = forms.own(who, number);
        if (!file.step().is(Kind.DRAFT, Kind.ASKS_APPLICANT)) return "redirect:/cases/" + number;
        forms.show(model, file)
                .addAttribute("papers", forms.papers(file))
                .addAttribute("page", forms.page(forms.form(file), List.of(), Map.of(), List.of(), file))
                .addAttribute("need", need)
                .addAttribute("mistake", mistake);
        return "cases/evidence";
    }

    /** The page from which it was uploaded. */
    private String back(Actor who, CaseNumber number) {
        return "redirect:/cases/" + number + (forms.own(who, number).step().is(Kind.DRAFT) ? "/papers" : "/supplement");
    }

    @PostMapping("/cases/{number}/papers")
    @PreAuthorize(MandatePages.FILLS)
    String upload(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam String need,
            @RequestParam List<MultipartFile> file,
            @RequestHeader(value = "HX-Request", defaultValue = "false") boolean isCall,
            Model model,
            HttpServletResponse response)
            throws IOException {
        List<Text> told = new ArrayList<>();
        for (MultipartFile one : file) {
            if (one.isEmpty()
                    && file.size() > 1
                    && String.valueOf(one.getOriginalFilename()).isEmpty()) continue;
            try {
                filing.attach(who, number, need, one.getOriginalFilename(), one.getInputStream());
            } catch (Problem problem) {
                if (problem.kind() == Problem.Kind.NOT_FOUND) throw problem;
                Text words = problem.mistakes().isEmpty()
                        ? problem.text()
                        : problem.mistakes().get(0).message();
                told.add(file.size() == 1 ? words : Text.of("web.upload.named", one.getOriginalFilename(), words));
                if (!isCall) Refusal.of(problem).writeHead(response);
            }
        }
        Text mistake = told.isEmpty() ? null : Text.joined("web.upload.and", told);
        if (mistake == null && !isCall) return back(who, number) + "#need-" + need;
        String view = page(who, number, model, need, mistake);
        return isCall && view.equals("cases/evidence") ? "cases/evidence :: area" : view;
    }

    @PostMapping("/cases/{number}/papers/{id}/remove")
    @PreAuthorize(MandatePages.FILLS)
    String remove(
            Actor who,
            @PathVariable CaseNumber number,
            @PathVariable long id,
            @RequestHeader(value = "HX-Request", defaultValue = "false") boolean isCall,
            Model model) {
        filing.detach(who, number, id);
        if (!isCall) return back(who, number);
        page(who, number, model, null, null);
        return "cases/evidence :: area";
    }

    /** A photo, a quarter to the right. */
    @PostMapping("/cases/{number}/papers/{id}/turn")
    @PreAuthorize(MandatePages.FILLS)
    String turn(
            Actor who,
            @PathVariable CaseNumber number,
            @PathVariable long id,
            @RequestHeader(value = "HX-Request", defaultValue = "false") boolean isCall,
            Model model) {
        filing.turn(who, number, id);
        if (!isCall) return back(who, number);
        page(who, number, model, null, null);
        return "cases/evidence :: area";
    }

    /** A photo as it stands in the list of whoever handed it in. */
    @GetMapping("/cases/{number}/papers/{id}/small")
    @PreAuthorize(MandatePages.FILLS)
    ResponseEntity<byte[]> small(Actor who, @PathVariable CaseNumber number, @PathVariable long id) {
        find(forms.own(who, number), id, true);
        return FileAnswer.strangers(number + "-" + id + "-small.jpeg", MediaType.IMAGE_JPEG)
                .body(evidence.thumbnail(number, id));
    }

    /** A document as it was handed in, for whoever may see the case; that an officer opened it is recorded. */
    @GetMapping("/cases/{number}/papers/{id}")
    @PreAuthorize("isAuthenticated()")
    ResponseEntity<InputStreamResource> paper(Actor who, @PathVariable CaseNumber number, @PathVariable long id) {
        CaseView.Document paper = find(cases.show(who, number), id, true);
        MediaType type = MediaType.parseMediaType(paper.type());
        return FileAnswer.strangers(number + "-" + id + "." + type.getSubtype(), type)
                .contentLength(paper.bytes())
                .body(new InputStreamResource(evidence.open(number, id)));
    }

    /** A document that the city issued. When the applicant first opens the decision, the periods for remedies begin (rulebook 7.9). */
    @GetMapping("/cases/{number}/documents/{id}")
    @PreAuthorize("isAuthenticated()")
    ResponseEntity<byte[]> document(Actor who, @PathVariable CaseNumber number, @PathVariable long id) {
        CaseView.Document document = find(cases.show(who, number), id, false);
        byte[] pdf = issued.pdf(number, id); // nobody has opened what can't be shown
        if ("decision".equals(document.kind()) && cases.isOwn(who, number)) decisions.opened(number);
        return FileAnswer.inline(number + "-" + document.kind() + ".pdf", MediaType.APPLICATION_PDF)
                .body(pdf);
    }

    private static CaseView.Document find(CaseView file, long id, boolean handedIn) {
        List<CaseView.Document> documents = file.documents() == null ? List.of() : file.documents();
        return documents.stream()
                .filter(d -> d.id() == id && (d.need() != null) == handedIn)
                .findFirst()
                .orElseThrow(Problem::notFound);
    }
}

package cn.jincai.web.office;

import cn.jincai.document.Evidence;
import cn.jincai.document.StoredFile;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.review.notice.ObjectionLookUp;
import cn.jincai.web.api.FileAnswer;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What was handed in with an objection, for those who answer it and for auditors. */
@Controller
class ObjectionPapers {
    private final CaseFile cases;
    private final ObjectionLookUp objections;
    private final Evidence evidence;

    ObjectionPapers(CaseFile cases, ObjectionLookUp objections, Evidence evidence) {
        this.cases = cases;
        this.objections = objections;
        this.evidence = evidence;
    }

    @GetMapping("/officers/cases/{number}/objections/{objection}/papers/{id}")
    @PreAuthorize("hasAnyAuthority('supervisor', 'auditor')")
    ResponseEntity<InputStreamResource> paper(
            Actor who, @PathVariable CaseNumber number, @PathVariable long objection, @PathVariable long id) {
        if (!cases.admitsAsOfficer(who, number)) throw Problem.notFound();
        cases.show(who, number); // recorded, as for the applicant's papers
        StoredFile paper = objections.paper(who, number, objection, id);
        MediaType type = MediaType.parseMediaType(paper.type());
        return FileAnswer.strangers(number + "-objection-" + id + "." + type.getSubtype(), type)
                .contentLength(paper.bytes())
                .body(new InputStreamResource(evidence.openOfObjection(number, objection, id)));
    }
}

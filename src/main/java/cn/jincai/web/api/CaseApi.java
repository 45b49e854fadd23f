package cn.jincai.web.api;

import cn.jincai.document.IssuedDocuments;
import cn.jincai.document.StoredFile;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseSummary;
import cn.jincai.filing.CaseView;
import cn.jincai.filing.Filing;
import cn.jincai.filing.HearingsAndRatings;
import cn.jincai.filing.Looks;
import cn.jincai.filing.Submission;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.payment.Grants;
import cn.jincai.payment.PaymentView;
import cn.jincai.payment.Payments;
import cn.jincai.review.Decision;
import cn.jincai.review.Decisions;
import cn.jincai.review.ReviewTasks;
import cn.jincai.review.YearlyPlaces;
import cn.jincai.review.notice.Objections;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Cases over HTTP (case-api). Another's case is "not found", so that numbers can't be tried out. */
@RestController
@RequestMapping("/api/cases")
class CaseApi {
    private final Filing filing;
    private final Submission submission;
    private final CaseFile cases;
    private final Looks looks;
    private final HearingsAndRatings hearings;
    private final Decisions decisions;
    private final ReviewTasks reviewTasks;
    private final Objections objections;
    private final Payments payments;
    private final Grants grants;
    private final YearlyPlaces places;
    private final IssuedDocuments issued;

    CaseApi(
            Filing filing,
            Submission submission,
            CaseFile cases,
            Looks looks,
            HearingsAndRatings hearings,
            Decisions decisions,
            ReviewTasks reviewTasks,
            Objections objections,
            Payments payments,
            Grants grants,
            YearlyPlaces places,
            IssuedDocuments issued) {
        this.filing = filing;
        this.submission = submission;
        this.cases = cases;
        this.looks = looks;
        this.hearings = hearings;
        this.decisions = decisions;
        this.reviewTasks = reviewTasks;
        this.objections = objections;
        this.payments = payments;
        this.grants = grants;
        this.places = places;
        this.issued = issued;
    }

    record Opening(String scheme, ObjectNode answers) {}

    record Sending(List<String> promises) {}

    record Taking(String reason) {}

    /** @param line of the roster, from 1, for a fact that each line has for itself */
    record Recording(
            String name,
            JsonNode value,
            Long evidence,
            String note,
            @Nullable Integer line) {}

    record Opened(String fields, String purpose, String words) {}

    record Serving(LocalDate servedOn, String how) {}

    record Rating(int stars, String text) {}

    record Saying(String text) {}

    /**
     * A case with what was decided and paid, and what its people said.
     *
     * @param hearings   what the applicant answered; for officers as far as they decide on what it was about
     * @param placeInLine of a case that waits for a place of the year's quota: how many have to become free until one is its own, from 1; else null
     * @param objections for officers; by whom, for those alone who answer them and for auditors
     */
    record Whole(
            @JsonUnwrapped CaseView file,
            @Nullable Decision decision,
            List<Paid> payments,
            List<Grants.Grant> grants,
            @Nullable Long placeInLine,
            List<HearingsAndRatings.Heard> hearings,
            List<Objections.Objection> objections) {}

    /** @param said opinions on the payment: finance's, its leader's; of these the applicant reads what he is heard on */
    record Paid(
            @JsonUnwrapped PaymentView payment,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Said> said) {}

    record Said(
            Instant at,
            @Nullable String step,
            String outcome,
            @Nullable String opinion,
            String by) {}

    record Kept(long id, String need, String type, long bytes, String sha256) {}

    @PostMapping
    @PreAuthorize("hasAnyAuthority('applicant', 'employer')")
    @ApiResponse(responseCode = "201")
    ResponseEntity<Whole> open(
            Actor who,
            @RequestHeader(value = "Idempotency-Key", required = false) String key,
            @RequestBody Opening body) {
        if (body.scheme() == null) {
            Mistake missing = Mistake.of("scheme", "web.scheme.REQUIRED");
            throw new Problem(Problem.Kind.MALFORMED, "MALFORMED", missing.message(), List.of(missing));
        }
        CaseView opened = filing.open(who, body.scheme(), body.answers(), key);
        return ResponseEntity.created(URI.create("/api/cases/" + opened.number()))
                .eTag(etag(opened))
                .body(whole(who, opened));
    }

    @GetMapping
    @PreAuthorize("isAuthenticated()")
    Page<CaseSummary> list(
            Actor who,
            @RequestParam(required = false) String stage,
            @RequestParam(required = false) String scheme,
            @RequestParam(required = false) String outcome,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "20") int size) {
        return cases.list(who, stage, scheme, outcome, page, size);
    }

    @GetMapping("/{number}")
    @PreAuthorize("isAuthenticated()")
    ResponseEntity<Whole> show(Actor who, @PathVariable CaseNumber number) {
        CaseView file = cases.show(who, number);
        return ResponseEntity.ok().eTag(etag(file)).body(whole(who, file));
    }

    @PatchMapping(
            path = "/{number}/answers",
            consumes = {MediaType.APPLICATION_JSON_VALUE, "application/merge-patch+json"})
    @PreAuthorize("hasAnyAuthority('applicant', 'employer')")
    ResponseEntity<Whole> answer(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestHeader(value = "If-Match", required = false) String seen,
            @RequestBody JsonNode patch) {
        CaseView file = filing.answer(who, number, patch, version(seen));
        return ResponseEntity.ok().eTag(etag(file)).body(whole(who, file));
    }

    @DeleteMapping("/{number}")
    @PreAuthorize("hasAnyAuthority('applicant', 'employer')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @ApiResponse(responseCode = "204")
    void discard(Actor who, @PathVariable CaseNumber number) {
        filing.discard(who, number);
    }

    @PostMapping(path = "/{number}/documents", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @PreAuthorize("hasAnyAuthority('applicant', 'employer')")
    @ResponseStatus(HttpStatus.CREATED)
    @ApiResponse(responseCode = "201")
    Kept attach(Actor who, @PathVariable CaseNumber number, @RequestParam String need, @RequestParam MultipartFile file)
            throws IOException {
        StoredFile stored = filing.attach(who, number, need, file.getOriginalFilename(), file.getInputStream());
        return new Kept(stored.id(), stored.need(), stored.type(), stored.bytes(), stored.sha256());
    }

    @DeleteMapping("/{number}/documents/{id}")
    @PreAuthorize("hasAnyAuthority('applicant', 'employer')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @ApiResponse(responseCode = "204")
    void detach(Actor who, @PathVariable CaseNumber number, @PathVariable long id) {
        filing.detach(who, number, id);
    }

    @PostMapping("/{number}/submission")
    @PreAuthorize("hasAnyAuthority('applicant', 'employer')")
    Whole submit(Actor who, @PathVariable CaseNumber number, @RequestBody(required = false) Sending body) {
        return whole(
                who,
                submission.submit(who, number, body == null || body.promises() == null ? List.of() : body.promises()));
    }

    @PostMapping("/{number}/withdrawal")
    @PreAuthorize("hasAnyAuthority('applicant', 'employer')")
    Whole withdraw(Actor who, @PathVariable CaseNumber number, @RequestBody(required = false) Taking body) {
        return whole(who, filing.withdraw(who, number, body == null ? null : body.reason()));
    }

    @GetMapping(
            path = "/{number}/decision",
            produces = {MediaType.APPLICATION_PDF_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
    @PreAuthorize("isAuthenticated()")
    ResponseEntity<byte[]> decision(Actor who, @PathVariable CaseNumber number) {
        CaseView file = cases.show(who, number);
        Decision decision = decisions.of(number).orElseThrow(Problem::notFound);
        if (file.answers() == null || file.documents().isEmpty())
            throw Problem.notFound(); // the employer has no part in it
        byte[] pdf = issued.pdf(number, decision.document()); // nobody has opened what can't be shown
        if (cases.isOwn(who, number)) decisions.opened(number);
        return FileAnswer.inline(number + "-decision.pdf", MediaType.APPLICATION_PDF)
                .body(pdf);
    }

    @PostMapping("/{number}/facts")
    @PreAuthorize("hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader')")
    Whole record(Actor who, @PathVariable CaseNumber number, @RequestBody Recording body) {
        reviewTasks.record(who, number, body.line(), body.name(), body.value(), body.evidence(), body.note());
        return whole(who, cases.show(who, number));
    }

    /** Masked values, opened with a purpose that is recorded. {@code fields}, {@code purpose}: as {@link Looks#open} has them. */
    @PostMapping("/{number}/openings")
    @PreAuthorize(
            "hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader', 'expert', 'supervisor', 'finance', 'finance-approver', 'auditor')")
    Map<String, String> unmask(Actor who, @PathVariable CaseNumber number, @RequestBody Opened body) {
        return looks.open(who, number, body.fields(), body.purpose(), body.words());
    }

    @PostMapping("/{number}/service")
    @PreAuthorize("hasAuthority('intake')")
    Whole serve(Actor who, @PathVariable CaseNumber number, @RequestBody Serving body) {
        reviewTasks.served(who, number, body.servedOn(), body.how());
        return whole(who, cases.show(who, number));
    }

    @PostMapping("/{number}/rating")
    @PreAuthorize("hasAnyAuthority('applicant', 'employer')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @ApiResponse(responseCode = "204")
    void rate(Actor who, @PathVariable CaseNumber number, @RequestBody Rating body) {
        hearings.rate(who, number, body.stars(), body.text());
    }

    @PostMapping("/{number}/answer")
    @PreAuthorize("hasAnyAuthority('applicant', 'employer')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @ApiResponse(responseCode = "204")
    void hear(Actor who, @PathVariable CaseNumber number, @RequestBody Saying body) {
        hearings.hear(who, number, body.text());
    }

    private Whole whole(Actor who, CaseView file) {
        if (file.documents() == null || file.assessment() == null)
            return new Whole(file, null, List.of(), List.of(), null, List.of(), List.of());
        CaseNumber number = file.number();
        boolean officer = cases.admitsAsOfficer(who, number);
        Map<Long, List<Said>> said = officer ? said(who, number) : heardOn(number);
        return new Whole(
                file,
                decisions.of(number).orElse(null),
                payments.of(number).stream()
                        .map(p -> new Paid(p, said.getOrDefault(p.id(), List.of())))
                        .toList(),
                grants.of(number),
                places.inLine(number).orElse(null),
                officer ? hearings.heard(who, number) : hearings.heard(number),
                officer ? objections.of(who, number) : List.of());
    }

    private Map<Long, List<Said>> said(Actor officer, CaseNumber number) {
        return payments.said(officer, number).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        e -> e.getValue().stream()
                                .map(s -> new Said(
                                        s.at(),
                                        s.step(),
                                        s.kind(),
                                        s.opinion(),
                                        s.as() == null ? s.account() : s.as().code() + " " + s.account()))
                                .toList()));
    }

    private Map<Long, List<Said>> heardOn(CaseNumber number) {
        return payments.toBeGivenUp(number).stream()
                .collect(Collectors.toMap(
                        p -> p.payment().id(),
                        p -> List.of(new Said(p.since(), "payment-make", "give-up", p.why(), Role.FINANCE.code()))));
    }

    private static String etag(CaseView file) {
        return "\"" + file.version() + "\"";
    }

    private static long version(String seen) {
        if (seen == null) {
            throw Problem.of(Problem.Kind.STALE, "web.IF_MATCH_REQUIRED");
        }
        try {
            return Long.parseLong(seen.replaceAll("^(W/)?\"|\"$", ""));
        } catch (NumberFormatException e) {
            throw Problem.of(Problem.Kind.STALE, "web.STALE");
        }
    }
}

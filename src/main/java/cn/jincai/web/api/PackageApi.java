package cn.jincai.web.api;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PackageDifference;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Place;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Proposal;
import cn.jincai.policy.Publication;
import cn.jincai.process.versions.WishedMoves;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Policy packages 政策包 for programs that keep them, such as a repository of schemes: the way of the pages under 政策包, by the same people and with the same two of them. */
@RestController
@RequestMapping("/api/packages")
class PackageApi {
    private static final String READERS = "hasAnyAuthority('policy-admin', 'policy-approver', 'auditor')";
    private static final String ADMIN = "hasAuthority('policy-admin')";
    private static final String APPROVER = "hasAuthority('policy-approver')";

    private final Publication publication;
    private final WishedMoves wishes;
    private final Packages packages;

    PackageApi(Publication publication, Packages packages, WishedMoves wishes) {
        this.wishes = wishes;
        this.publication = publication;
        this.packages = packages;
    }

    /** @param proposals that wait for a decision */
    record InForce(String scheme, Text name, String hash, List<Proposal> proposals) {}

    /**
     * @param line    from 1; the whole file: 1
     * @param place   line, element, table, row, column or way of keys; empty for the whole file
     * @param stops   false for what is odd and has to be signed by whoever proposes the package
     * @param explains how many worked cases fail because of it
     */
    record Found(String file, int line, String place, String code, Text message, boolean stops, int explains) {
        static Found of(Findings.Found found, Publication.Upload of) {
            Place place = Place.of(found.mistake());
            byte[] content = of.files().get(place.file());
            return new Found(
                    place.file(),
                    content == null ? 1 : place.line(content),
                    place.in(),
                    found.mistake().code(),
                    found.mistake().message(),
                    found.stops(),
                    found.explains());
        }
    }

    /** @param passes nothing stops it */
    record Checked(String scheme, boolean passes, List<Found> findings) {}

    /** @param warnings to be signed, in this order, by whoever proposes it */
    record Kept(Publication.Version version, List<Problem.Mistake> warnings, List<PackageDifference> differences) {}

    /**
     * @param reasons why the package is wanted all the same, one for each warning in their order
     * @param rule    what running cases are to do, {@code keep}, {@code move} or {@code ask-again}: proposed on its own once the version is published; none where nothing is wished
     */
    record Proposing(
            @Nullable LocalDate from,
            String note,
            @Nullable List<String> reasons,
            @Nullable String rule) {}

    record Declining(String reason) {}

    @GetMapping
    @PreAuthorize(READERS)
    List<InForce> inForce() {
        return packages.inForce().stream()
                .map(pack -> new InForce(pack.scheme(), name(pack), pack.hash(), open(pack.scheme())))
                .toList();
    }

    private static Text name(PolicyPackage pack) {
        return pack.catalogue().name();
    }

    private List<Proposal> open(String scheme) {
        return publication.proposals(scheme).stream().filter(Proposal::isOpen).toList();
    }

    @PostMapping(path = "/check", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @PreAuthorize(ADMIN)
    Checked check(Actor who, @RequestParam MultipartFile file) throws IOException {
        Publication.Upload looked = publication.look(file.getBytes(), who);
        return new Checked(
                looked.scheme(),
                looked.mistakes().isEmpty(),
                looked.findings().stream().map(f -> Found.of(f, looked)).toList());
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @PreAuthorize(ADMIN)
    @ResponseStatus(HttpStatus.CREATED)
    @ApiResponse(responseCode = "201")
    Kept upload(Actor who, @RequestParam MultipartFile file) throws IOException {
        Publication.Upload upload = publication.upload(file.getBytes(), who);
        if (!upload.isKept()) throw Problem.invalid(upload.mistakes());
        return version(upload.scheme(), upload.hash());
    }

    @GetMapping("/{scheme}/{hash}")
    @PreAuthorize(READERS)
    Kept version(@PathVariable String scheme, @PathVariable String hash) {
        return new Kept(
                publication.version(scheme, hash),
                publication.warnings(scheme, hash),
                publication.differences(scheme, hash));
    }

    @GetMapping("/{scheme}/{hash}/zip")
    @PreAuthorize(READERS)
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/zip", schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> zip(@PathVariable String scheme, @PathVariable String hash) {
        return FileAnswer.attachment(scheme + ".zip", "application/zip", publication.zip(scheme, hash));
    }

    @PostMapping("/{scheme}/{hash}/proposals")
    @PreAuthorize(ADMIN)
    @ResponseStatus(HttpStatus.CREATED)
    @ApiResponse(responseCode = "201")
    Proposal propose(Actor who, @PathVariable String scheme, @PathVariable String hash, @RequestBody Proposing body) {
        List<String> reasons = body.reasons() == null ? List.of() : body.reasons();
        return wishes.propose(scheme, hash, body.from(), body.note(), reasons, body.rule(), who);
    }

    @GetMapping("/proposals/{proposal}")
    @PreAuthorize(READERS)
    Proposal proposal(@PathVariable long proposal) {
        return publication.find(proposal);
    }

    @PostMapping("/proposals/{proposal}/approve")
    @PreAuthorize(APPROVER)
    Proposal approve(Actor who, @PathVariable long proposal) {
        publication.publish(proposal, who);
        return publication.find(proposal);
    }

    @PostMapping("/proposals/{proposal}/decline")
    @PreAuthorize(APPROVER)
    Proposal decline(Actor who, @PathVariable long proposal, @RequestBody Declining body) {
        publication.decline(proposal, body.reason(), who);
        return publication.find(proposal);
    }

    @PostMapping("/proposals/{proposal}/withdraw")
    @PreAuthorize(ADMIN)
    Proposal withdraw(Actor who, @PathVariable long proposal) {
        publication.withdraw(proposal, who);
        return publication.find(proposal);
    }
}

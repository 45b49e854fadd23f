package cn.jincai.web.portal.filling;

import cn.jincai.document.ArrivingFiles;
import cn.jincai.document.ArrivingFiles.Upload;
import cn.jincai.filing.Filing;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.web.portal.CaseForms;
import cn.jincai.web.problem.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.multipart.MultipartFile;

/**
 * What the page's script asks while a file travels in parts: each answer tells how much is here, so that whoever lost the network, or the page, goes on there. Without scripts the form
 * sends the whole file.
 */
@Controller
@PreAuthorize("hasAnyAuthority('applicant', 'employer', 'intake')")
class PartUploads {
    private final Filing filing;
    private final CaseForms forms;
    private final ArrivingFiles uploads;

    PartUploads(Filing filing, CaseForms forms, ArrivingFiles uploads) {
        this.filing = filing;
        this.forms = forms;
        this.uploads = uploads;
    }

    /** @param received bytes from the first one on @param done the file is whole and kept */
    record Progress(String key, long received, boolean done) {}

    @PostMapping("/cases/{number}/papers/parts")
    @ResponseBody
    Progress begin(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam String need,
            @RequestParam String name,
            @RequestParam long size,
            @RequestParam(defaultValue = "") String mark) {
        filing.mustTake(who, number, need, Math.max(0, size));
        Upload begun = uploads.begin(number, need, name, size, mark);
        return new Progress(begun.key(), begun.received(), false);
    }

    /** @param replaces the file in whose place it comes; null for one more */
    @PostMapping("/cases/{number}/papers/parts/{key}")
    @ResponseBody
    Progress put(
            Actor who,
            @PathVariable CaseNumber number,
            @PathVariable String key,
            @RequestParam long first,
            @RequestParam(required = false) @Nullable Long replaces,
            @RequestParam MultipartFile part)
            throws IOException {
        forms.own(who, number);
        Upload upload = uploads.put(number, key, first, part.getBytes());
        if (!upload.isWhole()) return new Progress(key, upload.received(), false);
        keep(who, number, upload, replaces);
        return new Progress(key, upload.received(), true);
    }

    /** What is refused for what it is is not tried again; where there is no room to look at it now, its parts stay. */
    private void keep(Actor who, CaseNumber number, Upload upload, @Nullable Long replaces) {
        try {
            var content = new ByteArrayInputStream(uploads.content(upload));
            if (replaces == null) filing.attach(who, number, upload.need(), upload.fileName(), content);
            else filing.replace(who, number, replaces, upload.fileName(), content);
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.UNAVAILABLE) uploads.forget(upload);
            throw problem;
        }
        uploads.forget(upload);
    }

    /** Each refusal in the words that the page shows beside the file. */
    @ExceptionHandler
    ResponseEntity<Map<String, String>> refused(Problem problem, Locale language) {
        Refusal refusal = Refusal.of(problem);
        return ResponseEntity.status(refusal.status())
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("mistake", refusal.firstIn(language)));
    }
}

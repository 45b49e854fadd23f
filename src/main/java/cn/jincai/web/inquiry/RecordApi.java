package cn.jincai.web.inquiry;

import cn.jincai.audit.AuditEntry;
import cn.jincai.inquiry.RecordSearch;
import cn.jincai.inquiry.Selection;
import cn.jincai.kernel.Actor;
import cn.jincai.web.api.FileAnswer;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The record for programs of auditors and supervisors. What is looked for stands in the body. */
@RestController
@RequestMapping("/api/inquiry")
@PreAuthorize(RecordPages.INQUIRERS)
class RecordApi {
    private final RecordSearch search;
    private final Selection selection;

    RecordApi(RecordSearch search, Selection selection) {
        this.search = search;
        this.selection = selection;
    }

    /** @param count what was found, counted up to 500; 501 where there is more */
    record Found(List<AuditEntry> entries, int page, long count, boolean more) {}

    @PostMapping(path = "/record", produces = MediaType.APPLICATION_JSON_VALUE)
    Found record(Actor who, @RequestBody QuestionForm asked) {
        RecordSearch.Found found = search.find(who, asked.question(), asked.purpose(), asked.shown());
        return new Found(found.entries(), found.page(), found.count(), found.hasNext());
    }

    @PostMapping(path = "/lines", produces = "application/x-ndjson")
    ResponseEntity<byte[]> lines(Actor who, @RequestBody QuestionForm asked) {
        return FileAnswer.attachment(
                "jincai-record.jsonl",
                "application/x-ndjson;charset=utf-8",
                selection.lines(search.all(who, asked.question(), asked.purpose())));
    }

    @PostMapping(path = "/table", produces = "text/csv")
    ResponseEntity<byte[]> table(Actor who, @RequestBody QuestionForm asked) {
        return FileAnswer.attachment(
                "jincai-record.csv",
                "text/csv;charset=utf-8",
                selection.table(search.all(who, asked.question(), asked.purpose())));
    }
}

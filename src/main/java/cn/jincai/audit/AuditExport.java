package cn.jincai.audit;

import cn.jincai.kernel.CityClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The whole record as one readable file, which {@code bin/CheckAudit.java} checks without this application. */
@Service
public class AuditExport {
    private final AuditLog log;
    private final SignedHeads heads;
    private final TimeStamps stamps;
    private final CityClock clock;

    AuditExport(AuditLog log, SignedHeads heads, TimeStamps stamps, CityClock clock) {
        this.log = log;
        this.heads = heads;
        this.stamps = stamps;
        this.clock = clock;
    }

    /**
     * One line for each entry, oldest first, then each signed head of table and file, what a time-stamping service said of heads (signature of the head, token in base64), then the end, all divided by tabs. Of an entry: number, time, kind, case,
     * stage, what in Chinese and English, account, role, hash of the one before, own hash, then each detail's name and value. {@code \-} is nothing at all;
     * tab, new line and backslash are {@code \t}, {@code \n}, {@code \r}, {@code \\}.
     */
    public void write(Appendable out) throws IOException {
        AuditLog.End end = log.end();
        line(out, List.of("jincai-audit-export", "1", clock.instant().toString()));
        long seq = 0, last = Math.max(end.seq(), end.present()); // what somebody put in behind the end too
        for (List<AuditEntry> page = log.page(seq, last); !page.isEmpty(); page = log.page(seq, last))
            for (AuditEntry entry : page) {
                line(out, parts(entry));
                seq = entry.seq();
            }
        for (String head : signed()) out.append(head).append('\n');
        for (var stamp : stamps.tokens().entrySet()) line(out, List.of("stamp", stamp.getKey(), stamp.getValue()));
        line(out, List.of("end", Long.toString(end.seq()), end.hash()));
    }

    private Set<String> signed() throws IOException {
        Set<String> lines = new LinkedHashSet<>();
        heads.kept().forEach(head -> lines.add(head.line()));
        heads.anchored().stream()
                .filter(line -> SignedHead.read(line).isPresent())
                .forEach(lines::add);
        return lines;
    }

    private static List<@Nullable String> parts(AuditEntry entry) {
        List<@Nullable String> parts = new ArrayList<>();
        parts.add("entry");
        parts.add(Long.toString(entry.seq()));
        parts.add(entry.at().toString());
        parts.add(entry.kind());
        parts.add(entry.caseNumber());
        parts.add(entry.stage());
        parts.add(entry.what().zh());
        parts.add(entry.what().en());
        parts.add(entry.account());
        parts.add(entry.role());
        parts.add(entry.previous());
        parts.add(entry.hash());
        entry.details().forEach((name, value) -> {
            parts.add(name);
            parts.add(value);
        });
        return parts;
    }

    private static void line(Appendable out, List<? extends @Nullable String> parts) throws IOException {
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) out.append('\t');
            out.append(escaped(parts.get(i)));
        }
        out.append('\n');
    }

    private static String escaped(@Nullable String part) {
        return part == null
                ? "\\-"
                : part.replace("\\", "\\\\")
                        .replace("\t", "\\t")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r");
    }
}

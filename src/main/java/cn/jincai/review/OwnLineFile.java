package cn.jincai.review;

import cn.jincai.filing.CaseFile;
import cn.jincai.filing.OwnLines;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import cn.jincai.review.notice.Notices;
import cn.jincai.review.notice.Objections;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What an employee sees of the claim that names him: his own line, what was decided for it, and his own objections (个人信息保护法 44, 45). Nobody else's line or name. */
@Service
public class OwnLineFile {
    private final OwnLines lines;
    private final DecidedLines decided;
    private final Notices notices;
    private final Objections objections;
    private final CaseFile cases;
    private final Packages packages;

    OwnLineFile(
            OwnLines lines,
            DecidedLines decided,
            Notices notices,
            Objections objections,
            CaseFile cases,
            Packages packages) {
        this.lines = lines;
        this.decided = decided;
        this.notices = notices;
        this.objections = objections;
        this.cases = cases;
        this.packages = packages;
    }

    /**
     * @param decided     whether the decision on the claim is signed
     * @param grantedFen  by benefit, what was granted for him in fen; nothing before the decision
     * @param grounds     on which people refused his line; null where they did not
     * @param objectable  whether he may object now
     * @param objections  his own, which name him as objector to nobody but who answers
     */
    public record Shown(
            OwnLines.OwnLine line,
            boolean decided,
            Map<String, Long> grantedFen,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String grounds,

            boolean objectable,
            List<Objections.Objection> objections) {}

    /** By which the line's facts are named. */
    public Scheme scheme(CaseNumber number) {
        return packages.byHash(cases.get(number).packageHash()).catalogue();
    }

    /** @throws Problem NOT_FOUND for whoever is not in the roster of this case */
    @Transactional(readOnly = true)
    public Shown of(Actor who, CaseNumber number) {
        OwnLines.OwnLine own = lines.of(who, number);
        DecidedLines.OfLine said = decided.of(number, own.line());
        return new Shown(
                own,
                said.decided(),
                said.granted(),
                said.grounds(),
                notices.runningOf(number).isPresent(),
                objections.about(who, number, own.line()));
    }
}

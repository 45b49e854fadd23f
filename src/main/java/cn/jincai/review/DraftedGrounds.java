package cn.jincai.review;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Step.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Grounds 理由说明 of what people decided, as they are drafted for whoever signs. */
@Component
class DraftedGrounds {
    private final CaseFile cases;
    private final CurrentJudgement standing;
    private final Opinions opinions;
    private final DecidedLines lines;
    private final Packages packages;

    DraftedGrounds(
            CaseFile cases, CurrentJudgement standing, Opinions opinions, DecidedLines lines, Packages packages) {
        this.cases = cases;
        this.standing = standing;
        this.opinions = opinions;
        this.lines = lines;
        this.packages = packages;
    }

    /** What the signing form starts with, by benefit that people decided and by line that they refused: the words of the experts who refused it, else of the last review. Whoever signs makes them fit for the person. */
    Map<String, String> of(CaseNumber number) {
        Map<String, String> drafts = new LinkedHashMap<>();
        List<Opinion> said = opinions.of(number);
        Case file = cases.get(number);
        String review = opinions.lastReview(file).map(Opinion::words).orElse(null);
        List<String> panels = file.stage().steps().keys(Kind.PANEL);
        String experts = said.stream()
                .filter(o -> panels.contains(o.step()) && o.outcome().equals("reject"))
                .map(Opinion::words)
                .collect(Collectors.joining("\n"));
        Judgement.Result result = standing.result(number);
        for (DecidedBenefit b : result.benefits()) {
            boolean byPanel = b.reasons().stream().anyMatch(r -> r.code().equals(Judgement.PANEL_REFUSED));
            if (b.byPeople()) drafts.put(b.code(), Objects.toString(byPanel ? experts : review, ""));
        }
        DecidedLines.refused(result.assessment()).forEach(line -> drafts.put(line, Objects.toString(review, "")));
        return drafts;
    }

    /** @param decided codes of benefits, and refused lines as {@link DecidedLines#refused} names them */
    List<Choice> names(CaseNumber number, Set<String> decided) {
        Case file = cases.get(number);
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        List<Choice> ofLines = lines.names(file, decided);
        Set<String> named = ofLines.stream().map(Choice::value).collect(Collectors.toSet());
        return Stream.concat(
                        decided.stream()
                                .filter(code -> !named.contains(code))
                                .map(code ->
                                        new Choice(code, scheme.benefit(code).name())),
                        ofLines.stream())
                .toList();
    }
}

package cn.jincai.policy;

import cn.jincai.kernel.CityClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * What {@code scheme.yaml} says fits together, with its diagrams and with the other schemes. No part of reading: a package that was frozen before one of these
 * checks is read as ever, since cases keep to it.
 */
@Component
class SchemeCheck implements PackageCheck {
    private static final String FILE = SchemeFile.OWN, RUN = "run.bpmn";

    /** Of which other scheme each benefit code is. */
    private final Function<String, Map<String, String>> others;

    @Autowired
    SchemeCheck(PackageStore store, Packages packages, PackageFolders folders, CityClock clock) {
        this(scheme -> others(scheme, store, packages, folders, clock));
    }

    /** @param others for a scheme's code: the benefit codes of the others, with the scheme that each belongs to */
    SchemeCheck(Function<String, Map<String, String>> others) {
        this.others = others;
    }

    /** In force today, or from a later day on; a folder's scheme that is still to be published at this start counts only as {@code ""}: it may be counted, and who comes first has the code. */
    private static Map<String, String> others(
            String scheme, PackageStore store, Packages packages, PackageFolders folders, CityClock clock) {
        Map<String, String> benefits = new HashMap<>();
        for (String other : folders.schemes())
            if (!other.equals(scheme))
                codes(YamlEntry.read(FILE, folders.files(other).get(FILE), new Findings()))
                        .forEach(code -> benefits.put(code, ""));
        for (String other : store.schemes()) {
            if (other.equals(scheme)) continue;
            Stream<String> later = store.history(other).stream()
                    .filter(h -> h.from().isAfter(clock.today()))
                    .map(PackageStore.InForce::hash);
            Stream.concat(store.inForce(other, clock.today()).stream(), later)
                    .distinct()
                    .flatMap(hash -> packages.ifWhole(hash).stream())
                    .forEach(kept -> {
                        earlier(YamlEntry.read(FILE, kept.files().get(FILE), new Findings()))
                                .forEach(code -> benefits.put(code, ""));
                        kept.catalogue().benefits().forEach(b -> benefits.put(b.code(), other));
                    });
        }
        return benefits;
    }

    private static List<String> codes(YamlEntry top) {
        List<String> codes = new ArrayList<>(earlier(top));
        if (top.isMap() && top.get("benefits").isList())
            top.get("benefits")
                    .list()
                    .forEach(b -> codes.add(b.isMap() ? b.get("code").text("") : ""));
        return codes;
    }

    private static List<String> earlier(YamlEntry top) {
        return top.isMap() && top.get("earlierBenefits").isList()
                ? top.get("earlierBenefits").texts()
                : List.of();
    }

    @Override
    public void check(PolicyPackage candidate, Findings findings) {
        Scheme scheme = candidate.catalogue();
        SchemeFile file = new SchemeFile(candidate.files(), findings);
        YamlEntry top = file.own();
        CaseRouteCheck.check(candidate, top);
        runs(candidate, scheme, top, findings);
        paidMoreThanOnce(scheme, top);
        absent(file);
        benefits(scheme, file, others.apply(scheme.code()));
    }

    private static void runs(PolicyPackage candidate, Scheme scheme, YamlEntry top, Findings findings) {
        if (scheme.run() == null) {
            for (YamlEntry benefit : top.get("benefits").list())
                if (benefit.get("paid").text("").equals("by-run"))
                    benefit.get("paid")
                            .wrong(
                                    "NO_RUN",
                                    "按批次发放（by-run）的待遇要有 run：写明发放月份等，否则永远不付。",
                                    "A benefit that is paid by-run needs 'run' with its months and so on, else it is never paid.");
            return;
        }
        if (!candidate.files().containsKey(RUN))
            findings.add(
                    RUN,
                    "",
                    "MISSING_FILE",
                    "缺少文件：scheme.yaml 有 run，就要有批次的流程图。",
                    "The file is missing: with 'run' in scheme.yaml a run needs its diagram.");
        YamlEntry run = top.get("run");
        Set<Long> months = new HashSet<>();
        for (YamlEntry month : run.get("months").list()) {
            if (month.number() < 1 || month.number() > 12)
                month.wrong(
                        "MONTH",
                        "“" + month.text() + "”不是月份，应为1到12。",
                        "'" + month.text() + "' is no month; write 1 to 12.");
            else if (!months.add(month.number()))
                month.wrong("TWICE", "“" + month.text() + "”写了两次。", "'" + month.text() + "' is there twice.");
        }
        if (run.get("months").list().isEmpty())
            run.get("months")
                    .wrong(
                            "MISSING",
                            "没有写批次在哪几个月（1到12）生成，将永远不付。",
                            "No month (1 to 12) is named in which a run opens, so nothing would ever be paid.");
        if (scheme.run().covers() < 1)
            run.get("covers").wrong("MONTHS", "批次至少要发放1个月。", "A run pays for at least 1 month.");
        if (scheme.run().maxGapMonths() < 0)
            run.get("maxGapMonths").wrong("MONTHS", "断缴月数不能为负。", "A gap is no negative number of months.");
    }

    /** With an empty key the first payment would stand for all later ones. What runs pay has their half-year as its key. */
    private static void paidMoreThanOnce(Scheme scheme, YamlEntry top) {
        if (!scheme.paymentKey().isEmpty()) return;
        for (Scheme.Benefit benefit : scheme.benefits()) {
            if (!benefit.isMoney() || benefit.isPaidByRun()) continue;
            boolean parts = scheme.rules().benefits().stream()
                    .anyMatch(b -> b.benefit().equals(benefit.code())
                            && (b.instalments().equalParts() > 1
                                    || b.instalments().monthsEach() > 0));
            boolean again = scheme.facts().stream()
                    .map(Scheme.Fact::count)
                    .anyMatch(c -> c != null && c.benefits().contains(benefit.code()) && countsOneOfSeveral(c));
            if (parts || again)
                top.get("paymentKey")
                        .wrong(
                                "PAYMENT_KEY",
                                "“" + benefit.code() + "”可付多次，付款键不能为空：请写出区分各次付款的事实，如期次、职业。",
                                "'" + benefit.code()
                                        + "' may be paid more than once, so the payment key must not be empty: name the facts that tell one payment from another, such as an instalment or occupation.");
        }
    }

    /** So many times a year, or once for each value of a fact. */
    private static boolean countsOneOfSeveral(Scheme.Count count) {
        return count.of().equals("cases") && count.within().equals("calendarYear")
                || count.of().equals("levels")
                || count.of().equals("instalments")
                || !count.sameFacts().isEmpty();
    }

    /** What a source outside does not answer is unknown (rulebook 2.10); only own records and the applicant know that there is nothing. */
    private static void absent(SchemeFile file) {
        for (YamlEntry fact : file.facts()) {
            String source = fact.get("source").text();
            boolean knows = source.equals("own-records") || source.equals("applicant");
            if (!knows && !fact.get("whenAbsent").text("unknown").equals("unknown"))
                fact.get("whenAbsent")
                        .wrong(
                                "WHEN_ABSENT",
                                "来源“" + source
                                        + "”没有答复只能算未知：请去掉 whenAbsent，或写 unknown；只有 own-records 和 applicant 可以用 none 或数字。",
                                "What the source '" + source
                                        + "' does not answer is unknown: leave out whenAbsent, or write unknown; only own-records and applicant may say none or a number.");
        }
    }

    private static void benefits(Scheme scheme, SchemeFile file, Map<String, String> others) {
        YamlEntry top = file.own();
        Set<String> known = new HashSet<>(others.keySet());
        for (YamlEntry benefit : top.get("benefits").list()) {
            YamlEntry code = benefit.get("code");
            known.add(code.text());
            String other = others.getOrDefault(code.text(), "");
            if (!other.isEmpty())
                code.wrong(
                        "CODE_TAKEN",
                        "待遇代码“" + code.text() + "”已属于政策事项“" + other + "”：记录和付款按代码统计，请另取一个。",
                        "The benefit code '" + code.text() + "' belongs to the scheme '" + other
                                + "' already: records and payments go by it, so take another.");
        }
        known.addAll(earlier(top));
        for (YamlEntry fact : file.facts()) {
            YamlEntry count = fact.get("count");
            if (count.isMissing()) continue;
            for (YamlEntry counted : count.get("benefits").list())
                if (!known.contains(counted.text()))
                    unknown(
                            counted,
                            scheme.fact(fact.get("name").text())
                                    .map(Scheme.Fact::count)
                                    .orElseThrow());
        }
        if (scheme.run() != null)
            for (YamlEntry exceeded : top.get("run").get("exceeds").list())
                if (!known.contains(exceeded.text())) unknown(exceeded, null);
    }

    /**
     * Of what was paid before this system its list tells at least the sums, and older packages count those without more words: whoever proposes the package
     * says that the benefit is real. Everything else that is counted has to be somewhere.
     */
    private static void unknown(YamlEntry counted, Scheme.Count count) {
        String zh = "没有待遇“" + counted.text()
                + "”：不属于本事项或其他已发布的事项。请更正代码；若是系统启用前发放的，请在 scheme.yaml 顶层写 earlierBenefits: [" + counted.text() + "]。";
        String en = "There is no benefit '" + counted.text()
                + "', of this scheme or of another that is published. Mend the code; for one that was granted before this system write earlierBenefits: ["
                + counted.text() + "] at the top of scheme.yaml.";
        if (count != null && count.of().equals("amountFen") && count.within().equals("life"))
            counted.odd("NO_BENEFIT", zh, en);
        else counted.wrong("NO_BENEFIT", zh, en);
    }
}

package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.policy.Step;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One thing has one name: docs/glossary.md is what the product really says. */
class GlossaryTest {
    private static final Pattern ROW = Pattern.compile("\\| (.+?) \\| (.+?) \\| (.*?) ?\\| (.*?) ?\\|");
    private static final Pattern ENGLISH = Pattern.compile("en: (?:'((?:[^']|'')*)'|\"([^\"]*)\"|[^,}]*)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private record Term(String zh, String en, List<String> codes, List<String> not) {}

    @Test
    void everyStageIsCalledAsTheGlossarySays() throws IOException {
        List<Term> terms = terms();
        for (Step step : Steps.shared().all()) {
            Stream<Term> named = terms.stream().filter(t -> t.codes.contains(step.key()));
            if (step.is(Kind.DRAFT, Kind.OBJECTION, Kind.FOLLOWS_UP)
                    || step.kind().isOfPayment())
                continue; // a draft is no case yet, an objection no stage of it; the steps of a payment are named after
            // it
            assertThat(named)
                    .as(step.key())
                    .anyMatch(t -> t.zh.equals(step.name().zh())
                            && t.en.equalsIgnoreCase(step.name().en()));
        }
    }

    @Test
    void noWordForPeopleIsOneThatTheGlossaryRulesOut() throws IOException {
        List<String> words = terms().stream().flatMap(t -> t.not.stream()).toList();
        assertThat(words).isNotEmpty();
        List<String> found = new ArrayList<>();
        for (Path file : spoken())
            for (String line : Files.readAllLines(file))
                for (String word : words)
                    if (Pattern.compile("\\b" + word + "s?\\b", Pattern.CASE_INSENSITIVE)
                            .matcher(words(file, line))
                            .find()) found.add(file + ": " + line.strip());
        assertThat(found).isEmpty();
    }

    private static List<Term> terms() throws IOException {
        List<Term> terms = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("docs/glossary.md"))) {
            Matcher row = ROW.matcher(line);
            if (!row.matches() || row.group(1).equals("中文") || row.group(1).startsWith("--")) continue;
            terms.add(new Term(
                    row.group(1),
                    row.group(2),
                    CODE.matcher(row.group(3)).results().map(r -> r.group(1)).toList(),
                    Arrays.stream(row.group(4).split(", "))
                            .filter(w -> !w.isBlank())
                            .map(w -> w.toLowerCase(Locale.ROOT))
                            .toList()));
        }
        assertThat(terms).hasSizeGreaterThan(30);
        assertThat(terms.stream().map(Term::zh)).doesNotHaveDuplicates();
        assertThat(terms.stream().map(Term::en)).doesNotHaveDuplicates();
        return terms;
    }

    /** What is read of a line, without keys and tags. */
    private static String words(Path file, String line) {
        if (file.startsWith("bpmn"))
            return ENGLISH.matcher(line).results().map(MatchResult::group).collect(Collectors.joining(" "));
        return file.toString().endsWith(".html")
                ? line.replaceAll("<[^>]*>", "")
                : line.substring(line.indexOf(file.toString().endsWith(".yaml") ? ':' : '=') + 1);
    }

    /** English for people: bundles, packages, forms, documents. */
    private static List<Path> spoken() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("src/main/resources", "bpmn", "forms"))
            try (Stream<Path> all = Files.walk(Path.of(folder))) {
                all.filter(Files::isRegularFile)
                        .filter(
                                f -> f.toString()
                                        .matches(
                                                ".*(_en\\.properties|api/.*\\.properties|en\\.yaml|scheme\\.yaml|common\\.yaml|steps\\.yaml|documents/.*\\.html)"))
                        .forEach(files::add);
            }
        return files;
    }
}

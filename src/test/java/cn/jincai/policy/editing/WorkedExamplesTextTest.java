package cn.jincai.policy.editing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** An item of a list goes, comes or changes, and those that took something over from it mean what they meant. */
class WorkedExamplesTextTest {
    private static final String FILE = """
            # 例子
            - case: {zh: 一, en: one}
              facts: &first {a: 1, b: [x, y],
                c: 2026-01-01}   # 第一个
              lines:
                - &line {n: 1}
                - {<<: *line, n: 2}

            - case: {zh: 二, en: two}
              facts: {<<: *first, a: 2}

            - case: {zh: 三, en: three}
              facts: *first
              lines:
                - *line
            """;

    private static List<Object> read(String text) {
        return new Yaml().load(text);
    }

    private static Object facts(String text, int at) {
        return ((Map<?, ?>) read(text).get(at)).get("facts");
    }

    @Test
    void theFirstThatTookItOverHasItAndTheOthersFindItThere() {
        String without = new YamlText(FILE).withoutItem(List.of(), 0).orElseThrow();
        assertThat(without)
                .startsWith(
                        "# 例子\n\n- case: {zh: 二, en: two}\n  facts: {<<: &first {a: 1, b: [x, y],\n    c: 2026-01-01}, a: 2}\n")
                .endsWith("  facts: *first\n  lines:\n    - &line {n: 1}\n");
        assertThat(read(without)).isEqualTo(read(FILE).subList(1, 3));
    }

    @Test
    void factsThatOthersTookOverAreChangedForOneCaseAlone() {
        String changed = new YamlText(FILE)
                .unnamed(List.of("0", "facts"))
                .flatMap(text -> new YamlText(text).with(List.of("0", "facts"), "a", "9"))
                .orElseThrow();
        assertThat(facts(changed, 0)).hasToString(facts(FILE, 0).toString().replace("a=1", "a=9"));
        assertThat(facts(changed, 1)).isEqualTo(facts(FILE, 1));
        assertThat(facts(changed, 2)).isEqualTo(facts(FILE, 2));
        assertThat(changed).contains("# 第一个");
    }

    @Test
    void anItemStandsAtTheEndOfAListInBlocksOrInBrackets() {
        assertThat(new YamlText(FILE).appended(List.of(), List.of("case: x", "facts: {}")))
                .contains(FILE + "- case: x\n  facts: {}\n");
        assertThat(new YamlText("a:\n  b: []\n").appended(List.of("a", "b"), List.of("c: 1", "d: 2")))
                .contains("a:\n  b: [{c: 1, d: 2}]\n");
        assertThat(new YamlText("b:\n  - {c: 1}\n").withoutItem(List.of("b"), 0))
                .contains("b:\n  []\n");
    }

    @Test
    void aTextOfSeveralLinesIsPutInPlaceOfABlock() {
        String file = "- text:\n    zh: |\n      第一行\n      第二行\n    en: x\n- 2\n";
        assertThat(new YamlText(file).with(List.of("0", "text"), "zh", "\"一\""))
                .contains("- text:\n    zh: \"一\"\n    en: x\n- 2\n");
        assertThat(new YamlText("d:\n  - code: a\n    articles: []\n")
                        .with(List.of("d", "0"), "until", "2027-01-01", "articles"))
                .contains("d:\n  - code: a\n    until: 2027-01-01\n    articles: []\n");
    }

    @Test
    void aNumberIsWrittenAsItWasRead() {
        assertThat(CaseYaml.said(Map.of("months", "１２", "level", " 1,200 "))).isEqualTo("{level: 1200, months: 12}");
    }
}

package cn.jincai.policy.editing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** One value is changed, and not a letter beside it. */
class YamlTextTest {
    private static final String FILE = """
            # 参数，𠮷
            inForceFrom: 2026-01-01
            parameters:
              rentFen:   # 每月
                unit: fen
                values:
                  always: {is: 100, status: SOURCED}   # 旧文件
                  2026-07-01:
                    is: 200
                    status: UNVERIFIED

              # 下一个
              flow: {unit: fen, values: {always: {is: 1}, 2026-01-01: {is: 2}}}
              again: {values: &kept {always: {is: 3}, 2025-01-01: {is: 4}}}
              alias: {values: *kept}
            """;

    private static final List<String> RENT = List.of("parameters", "rentFen", "values"),
            FLOW = List.of("parameters", "flow", "values");

    private final YamlText text = new YamlText(FILE.getBytes(StandardCharsets.UTF_8));

    @Test
    void aValueIsPutInPlaceOfTheOneOfItsDayAndTheCommentBehindItStays() {
        assertThat(text.with(RENT, "always", "{is: 150}"))
                .contains(FILE.replace("{is: 100, status: SOURCED}", "{is: 150}"));
        assertThat(text.with(RENT, "2026-07-01", "{is: 250}"))
                .contains(FILE.replace(
                        "2026-07-01:\n        is: 200\n        status: UNVERIFIED\n",
                        "2026-07-01:\n        {is: 250}\n"));
    }

    @Test
    void aNewDayStandsInItsOrder() {
        assertThat(text.with(RENT, "2026-02-01", "{is: 150}"))
                .contains(FILE.replace("      2026-07-01:", "      2026-02-01: {is: 150}\n      2026-07-01:"));
        assertThat(text.with(RENT, "2027-01-01", "{is: 300}"))
                .contains(FILE.replace("UNVERIFIED\n", "UNVERIFIED\n      2027-01-01: {is: 300}\n"));
        assertThat(text.with(FLOW, "2027-01-01", "{is: 3}"))
                .contains(FILE.replace("{is: 2}}}", "{is: 2}, 2027-01-01: {is: 3}}}"));
    }

    @Test
    void aValueIsTakenOutWithItsLineOrItsComma() {
        assertThat(text.without(RENT, "always"))
                .contains(FILE.replace("      always: {is: 100, status: SOURCED}   # 旧文件\n", ""));
        assertThat(text.without(RENT, "2026-07-01"))
                .contains(FILE.replace("      2026-07-01:\n        is: 200\n        status: UNVERIFIED\n", ""));
        assertThat(text.without(FLOW, "always")).contains(FILE.replace("always: {is: 1}, ", ""));
        assertThat(text.without(FLOW, "2026-01-01")).contains(FILE.replace(", 2026-01-01: {is: 2}", ""));
        assertThat(text.without(RENT, "2020-01-01")).as("there is none").isEmpty();
    }

    @Test
    void whatStandsForSomethingElseIsLeftToATextEditor() {
        assertThat(text.with(List.of("parameters", "alias", "values"), "always", "{is: 9}"))
                .isEmpty();
        assertThat(text.with(List.of("parameters", "nowhere", "values"), "always", "{is: 9}"))
                .isEmpty();
    }

    @Test
    void aFileWithoutALineFeedAtItsEndGetsOneBeforeWhatIsAdded() {
        assertThat(new YamlText("values:\n  2026-01-01: {is: 1}".getBytes(StandardCharsets.UTF_8))
                        .with(List.of("values"), "2027-01-01", "{is: 2}"))
                .contains("values:\n  2026-01-01: {is: 1}\n  2027-01-01: {is: 2}\n");
    }

    @Test
    void theFirstEntryOfAnItemGoesAndItsDashStays() {
        assertThat(new YamlText("lines:\n  - a: 1\n    b: 2\n    c: 3\n").without(List.of("lines", "0"), "a"))
                .contains("lines:\n  - b: 2\n    c: 3\n");
        assertThat(new YamlText("- a: 1\n  b: 2\n- c: 3\n").without(List.of("0"), "b"))
                .contains("- a: 1\n- c: 3\n");
    }

    @Test
    void aKeyWithoutAValueGetsOneBehindItsColon() {
        assertThat(new YamlText("- code: a\n  until:\n  from:   # 起\n").with(List.of("0"), "until", "2027-01-01"))
                .contains("- code: a\n  until: 2027-01-01\n  from:   # 起\n");
        assertThat(new YamlText("- code: a\n  from:   # 起\n").put(List.of("0", "from"), "2027-01-01"))
                .contains("- code: a\n  from: 2027-01-01   # 起\n");
    }

    @Test
    void everySignThatSomebodyTypesIsReadAsItWasTyped() {
        for (int sign = 0; sign <= 0xFFFF; sign++) {
            if (Character.isSurrogate((char) sign)) continue;
            String typed = "第" + (char) sign + "条";
            Object read = new Yaml().load("a: " + YamlText.quoted(typed));
            assertThat(read).as("U+%04X", sign).isEqualTo(Map.of("a", typed));
        }
    }
}

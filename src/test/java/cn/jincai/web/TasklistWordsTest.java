package cn.jincai.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.Role;
import cn.jincai.web.tasklist.TasklistAccess;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Tasklist's Chinese is ours and whole: a key that a new version brings fails here instead of showing raw on the page. */
class TasklistWordsTest {
    private static final String LOCALES = "/META-INF/resources/webjars/camunda/app/tasklist/locales/";
    /** What reads the same in both languages, or is nothing at all. */
    private static final Set<String> SAME = Set.of("labels.NO_TASK_FORM");

    private static JsonNode words(String file) throws IOException {
        try (InputStream in = TasklistWordsTest.class.getResourceAsStream(LOCALES + file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new ObjectMapper().readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
        }
    }

    private static Set<String> keys(JsonNode node, String path) {
        var keys = new TreeSet<String>();
        if (!node.isObject()) return Set.of(path);
        node.properties()
                .forEach(e -> keys.addAll(keys(e.getValue(), path.isEmpty() ? e.getKey() : path + "." + e.getKey())));
        return keys;
    }

    @Test
    void everyKeyOfTheJarIsThereAndNoOther() throws IOException {
        assertThat(keys(words("zh-CN.json"), "")).isEqualTo(keys(words("en.json"), ""));
    }

    @Test
    void everyWordIsChineseAndKeepsItsPlaceholders() throws IOException {
        JsonNode english = words("en.json").path("labels");
        for (var entry : words("zh-CN.json").path("labels").properties()) {
            if (SAME.contains("labels." + entry.getKey())) continue;
            String said = entry.getValue().asText();
            assertThat(said).as(entry.getKey()).matches("(?s).*\\p{IsHan}.*");
            assertThat(placeholders(said))
                    .as(entry.getKey())
                    .isEqualTo(placeholders(english.path(entry.getKey()).asText()));
        }
    }

    /** Of lists and groups, which Tasklist shows as they are stored. */
    @Test
    void theGroupsHaveTheirNamesInEnglish() throws IOException {
        try (InputStream in = TasklistWordsTest.class.getResourceAsStream(LOCALES + "../case-file/case-file.js")) {
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String role : TasklistAccess.WORKERS)
                assertThat(script)
                        .contains("['" + Role.of(role).text().zh() + "', '"
                                + Role.of(role).text().en() + "']");
        }
    }

    private static Set<String> placeholders(String text) {
        var found = new TreeSet<String>();
        var matcher = java.util.regex.Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}").matcher(text);
        while (matcher.find()) found.add(matcher.group(1));
        return found;
    }

    @Test
    void theYearHasTwelveMonthsAndTheWeekSevenDays() throws IOException {
        JsonNode dates = words("zh-CN.json").path("dateLocales");
        assertThat(dates.path("months").size()).isEqualTo(12);
        assertThat(dates.path("weekdays").size()).isEqualTo(7);
    }
}

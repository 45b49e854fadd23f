package cn.jincai.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonColumnsTest {
    record Told(String name, int age) {}

    private final JsonColumns json = new JsonColumns(new ObjectMapper());

    @Test
    void whatWasWrittenReads() {
        assertThat(json.read(json.write(new Told("陈晓", 31)), Told.class)).isEqualTo(new Told("陈晓", 31));
        assertThat(json.read(json.write(List.of("a", "b")), new TypeReference<List<String>>() {}))
                .containsExactly("a", "b");
        assertThat(json.read("null", JsonNode.class).isNull()).isTrue();
    }

    @Test
    void aFailureQuotesNothingOfTheContent() {
        assertThatThrownBy(() -> json.read("{\"name\": \"陈晓\", \"age\": \"陈晓\"}", Told.class))
                .isInstanceOf(IllegalStateException.class)
                .hasNoCause()
                .hasMessageContaining("Told")
                .message()
                .doesNotContain("陈晓");
        assertThatThrownBy(() -> json.write(Map.of("name", new Object() {
                    public String getName() {
                        throw new IllegalArgumentException("陈晓");
                    }
                })))
                .isInstanceOf(IllegalStateException.class)
                .hasNoCause()
                .message()
                .doesNotContain("陈晓");
    }
}

package cn.jincai.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import org.springframework.stereotype.Component;

/**
 * What tables keep as JSON, written and read. What fails is an IllegalStateException without its cause, which would quote the content: it may be
 * personal.
 */
@Component
public class JsonColumns {
    private final ObjectMapper json;
    private final ObjectReader whole;

    public JsonColumns(ObjectMapper json) {
        this.json = json;
        whole = json.reader(
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS); // what another hand has added is no part of it
    }

    public String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw failed("does not write", json.constructType(value.getClass()), e);
        }
    }

    public <T> T read(String text, Class<T> type) {
        return read(text, json.constructType(type));
    }

    public <T> T read(String text, TypeReference<T> type) {
        return read(text, json.constructType(type));
    }

    private <T> T read(String text, JavaType type) {
        try {
            return whole.forType(type).readValue(text);
        } catch (JsonProcessingException e) {
            throw failed("does not read", type, e);
        }
    }

    private static IllegalStateException failed(String how, JavaType type, JsonProcessingException e) {
        return new IllegalStateException(
                "a kept " + type.toCanonical() + " " + how + ": " + e.getClass().getSimpleName());
    }
}

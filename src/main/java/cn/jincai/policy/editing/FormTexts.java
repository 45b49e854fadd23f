package cn.jincai.policy.editing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Chinese texts of a form, under the keys by which {@code en.yaml} has their English. They are changed where they stand, as Modeler wrote the rest. */
final class FormTexts {
    private final String text;
    private final List<Span> spans = new ArrayList<>();

    /** Whole components by the key of their answer. */
    private final Map<String, Span> fields = new LinkedHashMap<>();

    private record Span(String key, int from, int to, String says) {}

    /** An object that is open: a component, an option of one, or something else. */
    private static final class Open {
        private final boolean option;
        private final int from;
        private @Nullable String key, id, value;
        /** By what is added to the component's key. */
        private final List<Span> texts = new ArrayList<>();

        private Open(boolean option, int from) {
            this.option = option;
            this.from = from;
        }
    }

    /** @param form of a package that passed the gate */
    FormTexts(byte[] form) {
        text = new String(form, StandardCharsets.UTF_8);
        try (JsonParser json = new JsonFactory().createParser(text)) {
            read(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(JsonParser json) throws IOException {
        Deque<Open> open = new ArrayDeque<>();
        for (JsonToken token; (token = json.nextToken()) != null; ) {
            if (token == JsonToken.START_OBJECT)
                open.push(new Open(isOption(json.getParsingContext()), (int)
                        json.currentTokenLocation().getCharOffset()));
            else if (token == JsonToken.END_OBJECT)
                closed(open.pop(), open.peek(), (int) json.currentLocation().getCharOffset());
            else if (token == JsonToken.VALUE_STRING) said(json, open.element());
        }
    }

    private static boolean isOption(JsonStreamContext object) {
        JsonStreamContext list = object.getParent();
        return list.inArray()
                && list.getParent() != null
                && "values".equals(list.getParent().getCurrentName());
    }

    private static void said(JsonParser json, Open in) throws IOException {
        int from = (int) json.currentTokenLocation().getCharOffset();
        String says = json.getText();
        int to = (int) json.currentLocation().getCharOffset();
        switch (String.valueOf(json.currentName())) {
            case "key" -> in.key = says;
            case "id" -> in.id = says;
            case "value" -> in.value = says;
            case "label", "dateLabel" -> in.texts.add(new Span("", from, to, says));
            case "description" -> in.texts.add(new Span(".description", from, to, says));
            default -> {} // nothing that people read
        }
    }

    private void closed(Open done, @Nullable Open around, int to) {
        if (done.key != null && !done.option) fields.put(done.key, new Span(done.key, done.from, to, ""));
        if (done.option && around != null) {
            for (Span s : done.texts) around.texts.add(new Span("." + done.value, s.from, s.to, s.says));
            return;
        }
        String key = done.key != null ? done.key : done.id;
        if (key != null) for (Span s : done.texts) spans.add(new Span(key + s.key, s.from, s.to, s.says));
    }

    /** In the order of the form. */
    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        spans.stream().sorted(Comparator.comparing(Span::from)).forEach(s -> all.put(s.key, s.says));
        return all;
    }

    /** The form with other texts under some keys. */
    String with(Map<String, String> changed) {
        StringBuilder whole = new StringBuilder(text);
        spans.stream().sorted(Comparator.comparing(Span::from).reversed()).forEach(s -> {
            String other = changed.get(s.key);
            if (other != null && !other.equals(s.says))
                whole.replace(s.from, s.to, TextNode.valueOf(other).toString());
        });
        return whole.toString();
    }

    /** Whether it asks for an answer under this key. */
    boolean asks(String key) {
        return fields.containsKey(key);
    }

    /** The form without a question. */
    String without(String key) {
        Span gone = fields.get(key);
        if (gone == null) return text;
        int from = gone.from, to = gone.to;
        while (to < text.length() && Character.isWhitespace(text.charAt(to))) to++;
        if (to < text.length() && text.charAt(to) == ',') {
            to++;
            while (to < text.length() && Character.isWhitespace(text.charAt(to))) to++;
        } else {
            to = gone.to;
            while (from > 0 && Character.isWhitespace(text.charAt(from - 1))) from--;
            if (from > 0 && text.charAt(from - 1) == ',') from--;
        }
        return text.substring(0, from) + text.substring(to);
    }
}

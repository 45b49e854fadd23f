package cn.jincai.policy.editing;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * What stands where in a YAML file, as it is written: a composed tree no longer tells where an alias stood.
 *
 * @param from   the first character, of an anchor where there is one
 * @param to     behind the last; of what is written in blocks behind its last word
 * @param name   of an anchor, or the one that an alias stands for; null where there is none
 * @param value  of a scalar, otherwise empty
 * @param flow   whether a map or list is written in brackets
 * @param column of its first character; of a list in blocks that of its dashes
 * @param parts  the items of a list; keys and values of a map in turn
 */
record YamlSpot(
        Kind kind,
        int from,
        int to,
        @Nullable String name,
        String value,
        boolean flow,
        int column,
        List<YamlSpot> parts) {
    enum Kind {
        MAP,
        LIST,
        WORD,
        ALIAS
    }

    /** @param text of a file that can be read: a package that is kept has no other */
    static YamlSpot read(String text) {
        Iterator<Event> events =
                new Yaml(new LoaderOptions()).parse(new StringReader(text)).iterator();
        Reader reader = new Reader(text, events);
        while (events.hasNext()) if (events.next() instanceof NodeEvent first) return reader.read(first);
        return new YamlSpot(Kind.WORD, 0, 0, null, "", false, 0, List.of());
    }

    private record Reader(String text, Iterator<Event> events, int @Nullable [] places) {
        Reader(String text, Iterator<Event> events) {
            this(text, events, text.codePointCount(0, text.length()) == text.length() ? null : placesOf(text));
        }

        /** Marks count code points. */
        private static int[] placesOf(String text) {
            return IntStream.concat(
                            IntStream.range(0, text.length()).filter(i -> !Character.isLowSurrogate(text.charAt(i))),
                            IntStream.of(text.length()))
                    .toArray();
        }

        private int place(int mark) {
            return places == null ? mark : places[mark];
        }

        private YamlSpot read(NodeEvent event) {
            int from = place(event.getStartMark().getIndex()),
                    to = place(event.getEndMark().getIndex());
            int column = event.getStartMark().getColumn();
            if (event instanceof AliasEvent alias)
                return new YamlSpot(Kind.ALIAS, from, to, alias.getAnchor(), "", true, column, List.of());
            if (event instanceof ScalarEvent word) {
                while (to > from && Character.isWhitespace(text.charAt(to - 1))) to--; // of a block of lines
                return new YamlSpot(Kind.WORD, from, to, word.getAnchor(), word.getValue(), true, column, List.of());
            }
            CollectionStartEvent start = (CollectionStartEvent) event;
            List<YamlSpot> parts = new ArrayList<>();
            Event next = events.next();
            for (; next instanceof NodeEvent part; next = events.next()) parts.add(read(part));
            boolean flow = start.getFlowStyle() == FlowStyle.FLOW;
            Kind kind = event instanceof MappingStartEvent ? Kind.MAP : Kind.LIST;
            int end = flow || parts.isEmpty() ? place(next.getEndMark().getIndex()) : parts.get(parts.size() - 1).to;
            return new YamlSpot(kind, from, end, start.getAnchor(), "", flow, column, List.copyOf(parts));
        }
    }

    boolean isMap() {
        return kind == Kind.MAP;
    }

    boolean isList() {
        return kind == Kind.LIST;
    }

    /** Takes over what stands elsewhere: {@code <<: *other}. */
    boolean isMerged() {
        return isMap() && key("<<") >= 0;
    }

    /** Place among the parts of a key of this map itself, -1 where it has none. */
    int key(String key) {
        for (int i = 0; i < parts.size(); i += 2) if (parts.get(i).value.equals(key)) return i;
        return -1;
    }

    @Nullable
    YamlSpot get(String key) {
        int at = isMap() ? key(key) : -1;
        return at < 0 ? null : parts.get(at + 1);
    }

    /** This and all below it, in the order of the file. */
    Stream<YamlSpot> all() {
        return Stream.concat(Stream.of(this), parts.stream().flatMap(YamlSpot::all));
    }
}

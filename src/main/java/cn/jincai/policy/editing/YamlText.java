package cn.jincai.policy.editing;

import cn.jincai.policy.editing.YamlSpot.Kind;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A YAML file of a kept package that is changed in one place, while comments, order and spelling of all else stay as somebody wrote them. What is reached through an
 * alias or a merge key can't be changed so: it would change elsewhere too. What others take over from the place that is changed is handed on to the first of them.
 */
final class YamlText {
    private static final Pattern UNREADABLE = Pattern.compile("[\\x7F-\\x9F\\u2028\\u2029\\uFEFF\\uFFFE\\uFFFF]");

    private final String text;

    YamlText(byte[] file) {
        this(new String(file, StandardCharsets.UTF_8));
    }

    YamlText(String text) {
        this.text = text;
    }

    /**
     * @param way   keys from the top to the map in which the entry is to stand, of an item of a list its number from 0
     * @param value in flow style
     * @return the whole text; empty where the map is not there, or its place is written so that only a text editor can change it
     */
    Optional<String> with(List<String> way, String key, String value) {
        return with(way, key, value, "");
    }

    /** @param before the key before which a new entry stands where that one is there */
    Optional<String> with(List<String> way, String key, String value, String before) {
        return at(way).filter(YamlSpot::isMap).flatMap(map -> {
            YamlSpot there = map.get(key);
            if (there == null)
                return Optional.of(map.flow() ? insertedInFlow(map, key, value) : inserted(map, key, value, before));
            return there.kind() == Kind.ALIAS ? Optional.empty() : filled(there, value);
        });
    }

    /** The whole of what stands at a place, an alias too. */
    Optional<String> put(List<String> way, String value) {
        return at(way).flatMap(there -> filled(there, value));
    }

    /** A key may stand there without a value, and nothing but its colon before what is to come. */
    private Optional<String> filled(YamlSpot there, String value) {
        return replaced(there.from(), there.to(), there.from() == there.to() ? " " + value : value);
    }

    /** Without the name by which others take it over: the first of them has it from now on. */
    Optional<String> unnamed(List<String> way) {
        return at(way).flatMap(there -> there.name() == null || there.kind() == Kind.ALIAS
                ? Optional.of(text)
                : put(way, says(there).replaceFirst("^&\\S+ ?", "")));
    }

    /** The same without an entry. Empty also where nothing would be left of the map. */
    Optional<String> without(List<String> way, String key) {
        return at(way).filter(YamlSpot::isMap).flatMap(map -> {
            int at = map.key(key);
            List<YamlSpot> parts = map.parts();
            if (at < 0 || parts.size() < 4) return Optional.empty();
            int from = parts.get(at).from(), to = parts.get(at + 1).to();
            boolean ownLine =
                    !map.flow() && text.substring(lineStart(from), from).isBlank();
            if (ownLine || !map.flow() && at > 0) return replaced(lineStart(from), lineEnd(to), "");
            return at == 0 // the dash of an item stays
                    ? replaced(from, parts.get(2).from(), "")
                    : replaced(parts.get(at - 1).to(), to, "");
        });
    }

    /**
     * With one more item at the end of the list that the file is.
     *
     * @param item in flow style
     */
    Optional<String> withItem(String item) {
        return at(List.of()).filter(YamlSpot::isList).flatMap(list -> {
            if (list.parts().isEmpty()) return replaced(list.from(), list.to(), "- " + item);
            return list.flow()
                    ? replaced(list.to() - 1, list.to() - 1, ", " + item)
                    : appended(List.of(), List.of(item));
        });
    }

    /**
     * One more item at the end of a list.
     *
     * @param lines keys with their values in flow style, one an item's line
     */
    Optional<String> appended(List<String> way, List<String> lines) {
        return at(way).filter(YamlSpot::isList).map(list -> {
            if (list.flow()) {
                int end = list.to() - 1;
                String item = "{" + String.join(", ", lines) + "}";
                return text.substring(0, end) + (list.parts().isEmpty() ? "" : ", ") + item + text.substring(end);
            }
            String margin = " ".repeat(list.column());
            String item = lines.stream().collect(Collectors.joining("\n" + margin + "  ", margin + "- ", "\n"));
            int at = lineEnd(list.to());
            boolean open = at > 0 && text.charAt(at - 1) != '\n';
            return text.substring(0, at) + (open ? "\n" : "") + item + text.substring(at);
        });
    }

    /** Without an item of a list, which may be the last that is left. */
    Optional<String> withoutItem(List<String> way, int item) {
        return at(way).filter(YamlSpot::isList).flatMap(list -> {
            List<YamlSpot> parts = list.parts();
            if (item < 0 || item >= parts.size()) return Optional.empty();
            YamlSpot gone = parts.get(item);
            if (parts.size() == 1) return replaced(list.from(), list.to(), "[]");
            if (list.flow())
                return item == 0
                        ? replaced(gone.from(), parts.get(1).from(), "")
                        : replaced(parts.get(item - 1).to(), gone.to(), "");
            int from = lineStart(gone.from());
            return text.substring(from, gone.from()).isBlank()
                    ? Optional.empty()
                    : replaced(from, lineEnd(gone.to()), "");
        });
    }

    /** What stands at a place; empty also where an alias is passed on the way. */
    Optional<YamlSpot> at(List<String> way) {
        YamlSpot spot = YamlSpot.read(text);
        for (String key : way) {
            YamlSpot next = spot.isList() && key.matches("\\d{1,6}")
                    ? Integer.parseInt(key) < spot.parts().size() ? spot.parts().get(Integer.parseInt(key)) : null
                    : spot.get(key);
            if (next == null) return Optional.empty();
            spot = next;
        }
        return Optional.of(spot);
    }

    /** Place of the item of a list that is this word, or a map with it under a key; -1 where there is none. */
    int item(List<String> way, String key, String word) {
        List<YamlSpot> items = at(way).map(YamlSpot::parts).orElse(List.of());
        for (int i = 0; i < items.size(); i++) {
            YamlSpot item = items.get(i), inside = item.get(key);
            if ((inside == null ? item : inside).value().equals(word)) return i;
        }
        return -1;
    }

    /** Where a word stands as a whole among values and keys: the keys that lead there, with dots; names of items where they have one. */
    List<String> places(String word) {
        List<String> places = new ArrayList<>();
        places(YamlSpot.read(text), "", Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])"), places);
        return places;
    }

    private static void places(YamlSpot spot, String way, Pattern word, List<String> places) {
        if (spot.kind() == Kind.WORD && word.matcher(spot.value()).find() && !places.contains(way)) places.add(way);
        for (int i = 0; i < spot.parts().size(); i++) {
            YamlSpot part = spot.parts().get(i);
            if (spot.isMap()) {
                String key = spot.parts().get(i - i % 2).value();
                if (key.equals("label") || key.equals("zh") || key.equals("en")) continue;
                places(part, way.isEmpty() ? key : way + "." + key, word, places);
            } else places(part, named(way, part), word, places);
        }
    }

    private static String named(String way, YamlSpot item) {
        for (String key : List.of("name", "fact", "code")) {
            YamlSpot name = item.get(key);
            if (name != null && name.kind() == Kind.WORD) return way + "." + name.value();
        }
        return way;
    }

    private String says(YamlSpot spot) {
        return text.substring(spot.from(), spot.to());
    }

    /** Puts something in place of a stretch; what has a name there and is taken over further on is written out at the first place that does so. */
    private Optional<String> replaced(int from, int to, String by) {
        List<YamlSpot> all = YamlSpot.read(text).all().toList();
        StringBuilder whole = new StringBuilder(text);
        List<YamlSpot> takers = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        for (YamlSpot named : all) {
            if (named.name() == null || named.kind() == Kind.ALIAS || named.from() < from || named.to() > to) continue;
            Optional<YamlSpot> taker = all.stream()
                    .filter(s -> s.from() >= to && named.name().equals(s.name()))
                    .findFirst()
                    .filter(s -> s.kind() == Kind.ALIAS);
            if (taker.isEmpty()) continue;
            if (!named.flow()) return Optional.empty(); // blocks don't fit into a line
            takers.add(taker.get());
            taken.add(text.substring(named.from(), named.to()));
        }
        IntStream.range(0, takers.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> takers.get(i).from())
                        .reversed())
                .forEach(i -> whole.replace(takers.get(i).from(), takers.get(i).to(), taken.get(i)));
        return Optional.of(whole.replace(from, to, by).toString());
    }

    private String insertedInFlow(YamlSpot map, String key, String value) {
        int end = map.to() - 1;
        String entry = (map.parts().isEmpty() ? "" : ", ") + plain(key) + ": " + value;
        return text.substring(0, end) + entry + text.substring(end);
    }

    /** On a line of its own, before the first key that is greater: days stand in their order. */
    private String inserted(YamlSpot map, String key, String value, String before) {
        List<YamlSpot> parts = map.parts();
        String line = plain(key) + ": " + value + "\n",
                margin = " ".repeat(parts.get(0).column());
        for (int i = 0; i < parts.size(); i += 2) {
            String other = parts.get(i).value();
            if (other.equals(before) || isDay(other) && other.compareTo(key) > 0) {
                int at = i == 0 ? parts.get(i).from() : lineStart(parts.get(i).from());
                return text.substring(0, at) + (i == 0 ? line + margin : margin + line) + text.substring(at);
            }
        }
        int at = lineEnd(map.to());
        boolean open = at > 0 && text.charAt(at - 1) != '\n';
        return text.substring(0, at) + (open ? "\n" : "") + margin + line + text.substring(at);
    }

    /** A text of JSON is one of YAML, but for signs that YAML does not read or takes for the end of a line. */
    static String quoted(String text) {
        return UNREADABLE
                .matcher(TextNode.valueOf(text).toString())
                .replaceAll(sign -> "\\\\u%04X".formatted((int) sign.group().charAt(0)));
    }

    static String plain(String key) {
        return key.matches("[A-Za-z_][\\w.-]*|\\d{4}-\\d{2}(-\\d{2})?") ? key : quoted(key);
    }

    private static boolean isDay(String key) {
        return !key.isEmpty() && Character.isDigit(key.charAt(0));
    }

    private int lineStart(int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    /** Behind the line feed. */
    private int lineEnd(int at) {
        int feed = text.indexOf('\n', at);
        return feed < 0 ? text.length() : feed + 1;
    }
}

package cn.jincai.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** A form as it stands on a page, token and hidden fields included; handed in as a browser without JavaScript does. Only fields that are there can be filled in. */
public final class PageForm {
    private static final Pattern FORM = Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile(
            "<(input|textarea|select)\\b([^>]*)>(?:([^<]*)</textarea>|((?:\\s*(?:</?optgroup\\b[^>]*>|<option\\b[^>]*>[^<]*</option>))*)\\s*</select>)?");
    private static final Pattern OPTION = Pattern.compile("<option\\b([^>]*)>");

    private final String action;
    private final boolean upload;
    private final Map<String, List<String>> values = new LinkedHashMap<>(), offered = new LinkedHashMap<>();
    private String file = "", fileName = "", content = "";

    private PageForm(String action, String attributes, String inside) {
        this.action = action;
        upload = attributes.contains("multipart/form-data");
        for (Matcher field = FIELD.matcher(inside); field.find(); )
            read(field.group(1), field.group(2), field.group(3), field.group(4));
    }

    /** @param holding a value of one of its fields, where several forms of the page go to the same address */
    public static PageForm on(Visitor.Answer page, String action, String... holding) {
        for (Matcher form = FORM.matcher(page.body()); form.find(); ) {
            if (!action.equals(attribute(form.group(1), "action"))) continue;
            PageForm found = new PageForm(action, form.group(1), form.group(2));
            if (found.values.values().stream().flatMap(List::stream).toList().containsAll(List.of(holding)))
                return found;
        }
        throw new AssertionError("no form to " + action + " " + List.of(holding) + " on\n" + page.body());
    }

    private void read(String tag, String attributes, String text, String options) {
        String name = attribute(attributes, "name"),
                type = attribute(attributes, "type"),
                value = attribute(attributes, "value");
        if (name == null || attributes.contains("disabled=")) return;
        if ("file".equals(type)) file = name;
        else if ("radio".equals(type) || "checkbox".equals(type)) choice(name, value, attributes.contains("checked="));
        else if ("hidden".equals(type))
            values.computeIfAbsent(name, n -> new ArrayList<>()).add(value == null ? "" : value);
        else if (tag.equals("select")) {
            for (Matcher option = OPTION.matcher(options); option.find(); )
                choice(
                        name,
                        attribute(option.group(1), "value"),
                        option.group(1).contains("selected="));
            if (values.get(name).isEmpty()) values.put(name, offered.get(name).subList(0, 1));
        } else
            values.put(
                    name, List.of(tag.equals("textarea") ? HtmlUtils.htmlUnescape(text) : value == null ? "" : value));
    }

    private void choice(String name, String value, boolean chosen) {
        offered.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
        List<String> all = new ArrayList<>(values.getOrDefault(name, List.of()));
        if (chosen) all.add(value);
        values.put(name, all);
    }

    private static String attribute(String attributes, String name) {
        Matcher found = Pattern.compile("(?:^|\\s)" + name + "=\"([^\"]*)\"").matcher(attributes);
        return found.find() ? HtmlUtils.htmlUnescape(found.group(1)) : null;
    }

    public boolean has(String field) {
        return values.containsKey(field);
    }

    /** What the page shows in this field, empty where nothing. */
    public String shows(String field) {
        if (!has(field)) throw new AssertionError("no field " + field + " among " + values.keySet());
        return String.join(" ", values.get(field));
    }

    public PageForm with(String field, String... typed) {
        shows(field);
        if (offered.containsKey(field) && !offered.get(field).containsAll(List.of(typed)))
            throw new AssertionError(field + " offers only " + offered.get(field));
        values.put(field, List.of(typed));
        return this;
    }

    /** What the page does not offer: sent by somebody who writes his own form. */
    public PageForm forged(String field, String value) {
        values.put(field, List.of(value));
        return this;
    }

    public PageForm file(String name, String text) {
        if (file.isEmpty()) throw new AssertionError("no file is asked for");
        fileName = name;
        content = text;
        return this;
    }

    public Visitor.Answer send(Visitor visitor) {
        return upload
                ? visitor.send("POST", action, parts(), "Content-Type", "multipart/form-data; boundary=x")
                : visitor.send(
                        "POST",
                        action,
                        values.entrySet().stream()
                                .flatMap(e -> e.getValue().stream()
                                        .map(v ->
                                                e.getKey() + "=" + URLEncoder.encode(sent(v), StandardCharsets.UTF_8)))
                                .collect(Collectors.joining("&")),
                        "Content-Type",
                        "application/x-www-form-urlencoded");
    }

    /** Browsers send every line break as two characters. */
    private static String sent(String value) {
        return value.replace("\n", "\r\n");
    }

    private String parts() {
        StringBuilder parts = new StringBuilder();
        values.forEach(
                (name, all) -> all.forEach(value -> parts.append("--x\r\nContent-Disposition: form-data; name=\"")
                        .append(name)
                        .append("\"\r\n\r\n")
                        .append(sent(value))
                        .append("\r\n")));
        return parts.append("--x\r\nContent-Disposition: form-data; name=\"")
                .append(file)
                .append("\"; filename=\"")
                .append(fileName)
                .append("\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .append(content)
                .append("\r\n--x--\r\n")
                .toString();
    }

    /** The page comes back with these fields, and no others, in its error summary. */
    public static Visitor.Answer refused(Visitor.Answer page, String... fields) {
        if (page.status() != 422 || !mistakes(page).equals(List.of(fields)))
            throw new AssertionError(page.status() + " " + page.location() + " " + mistakes(page) + " instead of 422 "
                    + List.of(fields) + "\n" + page.body());
        if (!page.body().contains("<title>错误：") && !page.body().contains("<title>Error: "))
            throw new AssertionError("the title of the page does not say that something is wrong");
        return page;
    }

    /** Where the error summary at the top of a page leads: each link to a place that is there. Empty where nothing is wrong. */
    private static List<String> mistakes(Visitor.Answer page) {
        Matcher summary = Pattern.compile("govuk-error-summary__list\">(.*?)</ul>", Pattern.DOTALL)
                .matcher(page.body());
        if (!summary.find()) return List.of();
        List<String> places = Pattern.compile("href=\"#([^\"]+)\"")
                .matcher(summary.group(1))
                .results()
                .map(r -> r.group(1))
                .toList();
        places.stream().filter(p -> !page.body().contains("id=\"" + p + "\"")).forEach(p -> {
            throw new AssertionError("nothing is called " + p);
        });
        return places;
    }
}

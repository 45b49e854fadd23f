package cn.jincai.web;

import cn.jincai.kernel.Role;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Requests by chance, the same ones whenever the same number is asked for: each at a door, by somebody who is mostly let in there, with something
 * odd in its path, its query, its headers or its body, which begins as the example that the description of the API gives.
 *
 * <p>What other tests share must stay as it is, so no request names an account, and at the doors that change something of the whole city (the
 * demo's clock, bank and sources, runs of what-if, records of before, the budget, holidays) nothing is sent that could be taken. What stands there
 * already is named to pages that only show it; what is changed is always one of the cases made for this.
 */
final class GeneratedRequests {
    /** In each query, and in each body: words that stand nowhere else. They differ, since a body's may be kept as somebody's name. */
    static final String IN_QUERY = "sesameopen", IN_BODY = "poppyseedroll";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
    private static final Pattern WHOLE_CITY = Pattern.compile(
            "/api/(demo|what-if|earlier-grants)(/.*)?|/simulator/.*|/finance/budget|/admin/(calendar|what-if)(/.*)?");
    private static final String LONG = "7".repeat(3000);
    private static final List<String> IN_PATH = List.of(
            "1234567890123456789012345678901",
            "-1234567890123456789012345678901",
            "9223372036854775807",
            "9223372036854775808",
            "2147483648",
            "-1",
            "0",
            "",
            "%F0%9F%98%80",
            "%00",
            "a%00b",
            "%zz",
            "%",
            "%C3%28",
            "%EF%BF%BF",
            "%ED%A0%80",
            "%2e%2e",
            "a%2Fb",
            "a%5Cb",
            "%3Bx=y",
            ";x=y",
            "a//b",
            "null",
            "%25",
            "%0d%0aX-Odd:%20y",
            "$%7B7*7%7D",
            "'--",
            "%20",
            "JC2026999999",
            "jc2026000001",
            "2026-02-30",
            "%E6%99%8B%E6%89%8D",
            IN_QUERY,
            LONG);
    private static final List<String> IN_A_QUERY = List.of(
            "1234567890123456789012345678901",
            "-1234567890123456789012345678901",
            "9223372036854775807",
            "2147483647",
            "2147483648",
            "-1",
            "0",
            "1",
            "",
            "1e400",
            "NaN",
            "2026-02-30",
            "2026-13-01",
            "%2B999999999-01-01",
            "-999999999-01-01",
            "0000-00-00",
            "2026-03-02",
            "true",
            "%F0%9F%98%80",
            "%00",
            "%zz",
            "%",
            "%C3%28",
            "%EF%BF%BF",
            "%ED%A0%80",
            "%0d%0a",
            "a=b",
            "[]",
            "[null]",
            "null",
            "undefined",
            "%25",
            "%5C",
            "'%22%3E",
            "*",
            "P999999999Y",
            IN_QUERY,
            IN_QUERY + "%",
            IN_QUERY + "%00",
            IN_QUERY + LONG);
    private static final List<String> WHOLE_QUERIES = List.of(
            IN_QUERY + "=open=q",
            "q=" + IN_QUERY + "=open",
            "%zz" + IN_QUERY,
            "%",
            "=" + IN_QUERY,
            "&&&=&=",
            IN_QUERY,
            "q=%C3%28" + IN_QUERY,
            "q[]=" + IN_QUERY + "&q[0]=1&q.x=2",
            "lang=" + IN_QUERY,
            "lang=en&lang=zh&lang",
            "%00=1&a%0d%0a=2",
            "page=1&page=2&size=" + IN_QUERY,
            "_method=DELETE&_csrf=" + IN_QUERY,
            "continue&error&logout&" + IN_QUERY,
            IN_QUERY + "=" + LONG);
    private static final List<String> TYPED = List.of(
            "123456789012345678901234567890",
            "-12345678901234567890",
            "0",
            "1",
            "-1",
            "",
            " ",
            "1E400",
            "0x1F",
            "2026-02-31",
            "+999999998-12-31",
            "-999999998-12-31",
            "9999-12-31",
            "on",
            "true",
            "😀",
            "\u0000",
            IN_BODY + "\u0000",
            "\uFFFF",
            "\u202E" + IN_BODY,
            "[null]",
            "null",
            "１２３",
            "٣",
            IN_BODY,
            "<" + IN_BODY + ">",
            "${" + IN_BODY + "}",
            IN_BODY + "\r\n" + IN_BODY,
            IN_BODY.repeat(1000));
    private static final String DEEP = "[".repeat(900) + "]".repeat(900);
    private static final List<String> TOKENS = List.of(
            "null",
            "true",
            "{}",
            "[]",
            "[null]",
            "[{}]",
            "[[1]]",
            "{\"\":null}",
            "{\"" + IN_BODY + "\":{}}",
            "0",
            "-1",
            "1.5",
            "1e400",
            "-1e-400",
            "1E2147483647",
            "123456789012345678901234567890",
            "-123456789012345678901234567890",
            "9223372036854775808",
            "9007199254740993",
            DEEP);
    private static final List<String> WHOLE_BODIES = List.of(
            "",
            "null",
            "[null]",
            "[{}]",
            "[]",
            "[[]]",
            "{\"\":\"\"}",
            "\"" + IN_BODY + "\"",
            "{",
            "{\"" + IN_BODY,
            "{]}",
            IN_BODY,
            "<" + IN_BODY + "/>",
            "1e400",
            "123456789012345678901234567890",
            "{\"" + IN_BODY + "\":1,\"" + IN_BODY + "\":2}",
            "{\"$ref\":\"#\",\"@class\":\"java.lang.Runtime\"}",
            "{} {}",
            DEEP,
            "[".repeat(5000),
            "\uFEFF{}",
            "\u0000",
            "{\"a\":\"\\ud800\"}");
    private static final List<String> TYPES = List.of(
            "application/json; charset=klingon",
            "application/json;charset=",
            "application/json; charset=UTF-16",
            "application/merge-patch+json",
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded; charset=klingon",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "multipart/form-data; boundary=" + "b".repeat(300),
            "multipart/mixed",
            "application/octet-stream",
            ";;;",
            "*/*",
            "json");
    private static final Map<String, List<String>> HEADERS = Map.ofEntries(
            Map.entry(
                    "Accept",
                    List.of(
                            "",
                            "*/*",
                            "application/json",
                            "text/html",
                            "image/webp",
                            ";;;",
                            "a/b;q=7",
                            "*/json",
                            "x".repeat(3000))),
            Map.entry("User-Agent", List.of("", "\u0085", "a\tb", "晋才")),
            Map.entry(
                    "Accept-Language", List.of("", "en", "zh-Hans-CN", "*", ";;;", "en;q=9", "tlh", "😀", "-,-", LONG)),
            Map.entry("Accept-Encoding", List.of("br;q=9", ";;", "identity;q=0")),
            Map.entry(
                    "If-Match",
                    List.of(
                            "\"0\"",
                            "*",
                            "W/\"1\"",
                            "3",
                            "\"",
                            "\"" + LONG + "\"",
                            "\"9223372036854775808\"",
                            "\"-1\"",
                            "a,b")),
            Map.entry("If-None-Match", List.of("*", "\"", "W/", "\"a\",\"b\"")),
            Map.entry(
                    "If-Modified-Since",
                    List.of("yesterday", "Thu, 01 Jan 1970 00:00:00 GMT", "Sat, 31 Feb 2026 25:61:61 GMT")),
            Map.entry("Idempotency-Key", List.of("", " ", "1", "😀", LONG, "a b", "'--", "\u00e9")),
            Map.entry(
                    "Range",
                    List.of(
                            "bytes=0-",
                            "bytes=5-1",
                            "bytes=-0",
                            "bytes=99999999999999999999-",
                            "bytes=0-0,0-0,0-0",
                            "lines=1",
                            "bytes=" + "0-1,".repeat(300) + "2-3")),
            Map.entry(
                    "Cookie",
                    List.of(
                            "a=b; ==; ;",
                            "JCSESSION=" + IN_QUERY,
                            "lang=\"",
                            "XSRF-TOKEN=%zz",
                            "a=😀",
                            "$Version=1; $Path")),
            Map.entry("Referer", List.of("", "about:blank", "http://", "/" + IN_QUERY, "http://127.0.0.1/%zz", ":")),
            Map.entry("Origin", List.of("null", "http://elsewhere.example", ":")),
            Map.entry("X-Forwarded-For", List.of("1.2.3.4", "::1", "a, b", LONG)),
            Map.entry("X-Forwarded-Proto", List.of("https", "gopher")),
            Map.entry("X-HTTP-Method-Override", List.of("DELETE", "FROB")),
            Map.entry("X-Requested-With", List.of("XMLHttpRequest")),
            Map.entry("HX-Request", List.of("true", "")),
            Map.entry("HX-Target", List.of("", "😀", IN_QUERY)),
            Map.entry("Last-Event-ID", List.of("", "123456789012345678901234567890")));
    private static final List<String> LETTERS_OF_OTHERS = List.of(
            "Basic",
            "Basic %%%",
            "Basic " + Base64.getEncoder().encodeToString("nobody-at-all".getBytes(StandardCharsets.UTF_8)),
            "Basic " + Base64.getEncoder().encodeToString(("\u0000😀:" + IN_BODY).getBytes(StandardCharsets.UTF_8)),
            "Basic " + Base64.getEncoder().encodeToString((":" + IN_BODY.repeat(200)).getBytes(StandardCharsets.UTF_8)),
            "Bearer " + IN_BODY,
            "Negotiate",
            ":");
    private static final List<String> VERBS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FROB", "PROPFIND", "get");
    /** What Tasklist asks its engine for, as far as anybody gets there. */
    private static final List<String> TASKLIST = List.of(
            "GET /camunda/app/tasklist/default/",
            "GET /camunda/api/engine/engine/default/task/{taskId}",
            "GET /camunda/api/engine/engine/default/task/{taskId}/form",
            "GET /camunda/api/engine/engine/default/task/{taskId}/deployed-form",
            "GET /camunda/api/engine/engine/default/task/{taskId}/form-variables",
            "POST /camunda/api/engine/engine/default/task/{taskId}/claim",
            "POST /camunda/api/engine/engine/default/task/{taskId}/unclaim",
            "POST /camunda/api/engine/engine/default/task/{taskId}/submit-form",
            "POST /camunda/api/engine/engine/default/filter/{any}/list",
            "GET /camunda/api/engine/engine/default/filter",
            "GET /camunda/api/engine/engine/default/history/user-operation",
            "GET /camunda/api/engine/engine/default/process-definition/{any}/xml");

    /**
     * @param session of somebody who is signed in to pages
     * @param token   of his pages
     * @param headers that let a program in instead
     */
    record Sender(Role role, String session, String token, List<String> headers) {}

    /** @param who a role's code, or "nobody" */
    record Sent(int number, String who, String head, byte[] body) {
        byte[] bytes() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(head.getBytes(StandardCharsets.UTF_8));
            all.writeBytes(body);
            return all.toByteArray();
        }

        String verb() {
            return head.substring(0, head.indexOf(' '));
        }

        String target() {
            return head.split(" ", 3)[1];
        }

        boolean isApi() {
            return target().startsWith("/api/");
        }

        @Override
        public String toString() {
            return number + " as " + who + ": " + shortened(head) + shortened(new String(body, StandardCharsets.UTF_8));
        }

        private static String shortened(String text) {
            return text.length() <= 1500 ? text : text.substring(0, 1500) + "… (" + text.length() + ")";
        }
    }

    private final List<Door> doors;
    private final JsonNode description;
    private final Map<String, List<String>> standing;
    private final Map<String, List<String>> made;
    private final List<Sender> senders;

    /**
     * @param standing values of path variables by name: what is there and may be looked at
     * @param made     the same of what may be changed as well
     */
    GeneratedRequests(
            List<Door> handlers,
            JsonNode description,
            Map<String, List<String>> standing,
            Map<String, List<String>> made,
            List<Sender> senders) {
        doors = new ArrayList<>(handlers);
        for (String call : TASKLIST) {
            String[] parts = call.split(" ");
            doors.add(new Door(parts[0], parts[1], "isAuthenticated()", Set.of(), Set.of(), false, "{}"));
        }
        doors.sort(Comparator.comparing(Door::toString)); // handlers come in whatever order
        this.description = description;
        this.standing = standing;
        this.made = made;
        this.senders = senders;
    }

    /** One request of the endless row of a seed. */
    Sent at(long seed, int number) {
        return new Draft(new SplittableRandom(seed * 1_000_003 + number), number).request();
    }

    private class Draft {
        private final SplittableRandom chance;
        private final int number;
        private final Door door;
        private final Sender sender;
        private final String verb;
        private final List<String> headers = new ArrayList<>();
        private byte[] body = {};

        Draft(SplittableRandom chance, int number) {
            this.chance = chance;
            this.number = number;
            door = one(doors);
            List<Sender> let =
                    senders.stream().filter(s -> door.isOpenTo(s.role())).toList();
            sender = let.isEmpty() || oneIn(5) ? one(senders) : one(let);
            verb = oneIn(8) ? one(VERBS) : door.method();
        }

        private boolean oneIn(int many) {
            return chance.nextInt(many) == 0;
        }

        private <T> T one(List<T> of) {
            return of.get(chance.nextInt(of.size()));
        }

        private boolean onlyLooks() {
            return verb.equals("GET") || verb.equals("HEAD") || verb.equals("OPTIONS");
        }

        private boolean isTheWholeCitys() {
            return !onlyLooks() && WHOLE_CITY.matcher(door.path()).matches();
        }

        Sent request() {
            String target = path() + query();
            who();
            if (!onlyLooks() || oneIn(20)) body();
            for (int i = chance.nextInt(3); i > 0; i--) {
                String name = one(HEADERS.keySet().stream().sorted().toList());
                headers.add(name + ": " + one(HEADERS.get(name)));
            }
            StringBuilder head =
                    new StringBuilder(verb + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
            headers.forEach(header -> head.append(header).append("\r\n"));
            if (body.length > 0 || !onlyLooks())
                head.append("Content-Length: ").append(body.length).append("\r\n");
            return new Sent(
                    number, sender.role() == null ? "nobody" : sender.role().code(), head + "\r\n", body);
        }

        private String path() {
            return VARIABLE.matcher(door.path()).replaceAll(variable -> {
                Map<String, List<String>> known = onlyLooks() ? standing : made;
                List<String> there = known.getOrDefault(variable.group(1), List.of());
                return java.util.regex.Matcher.quoteReplacement(
                        there.isEmpty() || oneIn(3) ? one(IN_PATH) : one(there));
            });
        }

        private String query() {
            if (oneIn(4)) return "?" + one(WHOLE_QUERIES);
            if (!onlyLooks() && !oneIn(4)) return "";
            Set<String> names = new TreeSet<>(door.wants());
            door.knows().stream().sorted().filter(name -> oneIn(2)).forEach(names::add);
            if (oneIn(3))
                names.add(one(List.of("q", "page", "size", "lang", "sort", "from", "case", "for", "then", IN_QUERY)));
            List<String> pairs = new ArrayList<>();
            for (String name : names) {
                if (oneIn(6)) continue;
                for (int i = oneIn(6) ? 2 : 1; i > 0; i--) {
                    List<String> there = standing.getOrDefault(name, List.of());
                    pairs.add(name
                            + (oneIn(12) ? "" : "=" + (there.isEmpty() || oneIn(3) ? one(IN_A_QUERY) : one(there))));
                }
            }
            return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
        }

        private void who() {
            if (sender.role() == null && oneIn(6)) headers.add("Authorization: " + one(LETTERS_OF_OTHERS));
            if (door.isApi()) headers.addAll(sender.headers());
            else if (sender.session() != null) headers.add("Cookie: " + sender.session());
            if (door.path().startsWith("/camunda/") && sender.session() != null)
                headers.add("X-XSRF-TOKEN: " + sender.session().replaceFirst(".*XSRF-TOKEN=", ""));
        }

        private void body() {
            if (door.isApi() && !door.upload() || door.path().startsWith("/camunda/")) json();
            else if (door.upload()) parts();
            else form();
            if (oneIn(10)) {
                headers.removeIf(header -> header.startsWith("Content-Type"));
                if (!oneIn(4)) headers.add("Content-Type: " + one(TYPES));
            }
            if (oneIn(25)) body = spoilt(body);
        }

        private void json() {
            String text = isTheWholeCitys() || oneIn(5) ? one(WHOLE_BODIES) : mutated(example());
            body = text.getBytes(oneIn(40) ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
            headers.add("Content-Type: application/json");
        }

        /** Bytes that are no UTF-8, in the middle. */
        private byte[] spoilt(byte[] whole) {
            byte[] changed = Arrays.copyOf(whole, whole.length);
            for (int i = 0; i < 3 && changed.length > 0; i++)
                changed[chance.nextInt(changed.length)] = (byte) (0x80 + chance.nextInt(0x80));
            return changed;
        }

        private JsonNode example() {
            JsonNode content = description
                    .path("paths")
                    .path(door.path())
                    .path(door.method().toLowerCase(java.util.Locale.ROOT))
                    .path("requestBody")
                    .path("content")
                    .path("application/json");
            if (content.has("example")) return content.get("example").deepCopy();
            return exampleOf(content.path("schema"));
        }

        private JsonNode exampleOf(JsonNode schema) {
            if (schema.path("type").asText().equals("array"))
                return JSON.createArrayNode().add(exampleOf(schema.path("items")));
            String name = schema.path("$ref").asText().replaceFirst(".*/", "");
            JsonNode example = description
                    .path("components")
                    .path("schemas")
                    .path(name)
                    .path("examples")
                    .path(0);
            return example.isMissingNode() ? JSON.createObjectNode() : example.deepCopy();
        }

        /** In one place or a few, as text in the end, since a tree can't hold what is to be sent. */
        private String mutated(JsonNode example) {
            List<String> tokens = new ArrayList<>();
            for (int i = oneIn(4) ? 3 : 1; i > 0; i--) mutate(example, tokens);
            String text = example.toString();
            for (int i = 0; i < tokens.size(); i++) text = text.replace("\"@" + i + "@\"", tokens.get(i));
            if (oneIn(12) && text.startsWith("{\"")) {
                String first = text.substring(1, text.indexOf(':'));
                text = "{" + first + ":" + token() + "," + text.substring(1);
            }
            return text;
        }

        private void mutate(JsonNode inside, List<String> tokens) {
            List<JsonNode> deeper = new ArrayList<>();
            inside.forEach(child -> {
                if (child.isContainerNode() && !child.isEmpty()) deeper.add(child);
            });
            if (!deeper.isEmpty() && !oneIn(3)) {
                mutate(one(deeper), tokens);
                return;
            }
            String mark = "@" + tokens.size() + "@";
            if (inside instanceof ObjectNode object) {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                String name = names.isEmpty() || oneIn(8) ? IN_BODY : one(names);
                if (oneIn(6)) object.remove(name);
                else object.put(name, mark);
            } else if (inside instanceof ArrayNode array) {
                if (array.isEmpty() || oneIn(2)) array.add(mark);
                else
                    array.set(
                            chance.nextInt(array.size()), JSON.getNodeFactory().textNode(mark));
            }
            tokens.add(token());
        }

        private String token() {
            if (!oneIn(3)) return one(TOKENS);
            return JSON.getNodeFactory().textNode(one(TYPED)).toString();
        }

        private Collection<String> fields() {
            Set<String> names = new TreeSet<>(door.wants());
            names.addAll(door.knows());
            if (names.isEmpty() || oneIn(2))
                description
                        .at("/components/schemas/NewCase/examples/0/answers")
                        .fieldNames()
                        .forEachRemaining(names::add);
            if (oneIn(4)) names.add(IN_BODY);
            names.removeIf(name -> oneIn(7));
            return names;
        }

        private boolean withToken() {
            return sender.token() != null && !isTheWholeCitys() && !oneIn(15);
        }

        private String typed(String name) {
            List<String> there = made.getOrDefault(name, List.of());
            return there.isEmpty() || oneIn(2) ? one(TYPED) : one(there);
        }

        private void form() {
            List<String> pairs = new ArrayList<>();
            for (String name : fields())
                for (int i = oneIn(7) ? 2 : 1; i > 0; i--)
                    pairs.add(name + "="
                            + (oneIn(12) ? one(IN_A_QUERY) : URLEncoder.encode(typed(name), StandardCharsets.UTF_8)));
            if (withToken()) pairs.add("_csrf=" + sender.token());
            body = String.join("&", pairs).getBytes(StandardCharsets.UTF_8);
            headers.add("Content-Type: application/x-www-form-urlencoded");
        }

        private void parts() {
            StringBuilder all = new StringBuilder();
            if (withToken())
                all.append("--x\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n")
                        .append(sender.token())
                        .append("\r\n");
            for (String name : fields()) {
                all.append("--x\r\nContent-Disposition: form-data; name=\"")
                        .append(name)
                        .append('"');
                if (name.equals("file") != oneIn(8))
                    all.append("; filename=\"")
                            .append(one(List.of(
                                    "a.pdf", "", "../../a", "😀", "a\u0000b", IN_BODY, "C:\\a", "a.pdf\"; x=\"")))
                            .append('"');
                if (oneIn(5)) all.append("\r\nContent-Type: ").append(one(TYPES));
                all.append("\r\n\r\n").append(typed(name)).append("\r\n");
            }
            if (!oneIn(8)) all.append("--x--\r\n");
            body = all.toString().getBytes(StandardCharsets.UTF_8);
            headers.add("Content-Type: multipart/form-data; boundary=x");
        }
    }
}

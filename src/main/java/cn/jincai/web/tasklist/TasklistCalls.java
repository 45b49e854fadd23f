package cn.jincai.web.tasklist;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.process.Tasks;
import cn.jincai.review.Choice;
import cn.jincai.web.problem.ProblemAdvice;
import cn.jincai.web.problem.Refusal;
import cn.jincai.web.problem.Unavailable;
import cn.jincai.web.security.ActorArgument;
import cn.jincai.web.security.RefusedAttempts;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What Tasklist changes goes to the same service as the API's calls, not to the engine's REST: the same checks, the same words where something is
 * refused. Its lists are read from the table of open tasks and never from the engine.
 */
class TasklistCalls extends OncePerRequestFilter {
    private static final Pattern TASK = Pattern.compile(
            "/camunda/api/engine/engine/default/task/([\\w-]{1,64})/(claim|unclaim|submit-form|form-variables|deployed-form|draft)");
    private static final Pattern LISTS =
            Pattern.compile("/camunda/api/engine/engine/default/filter(?:/(count)|/([\\w-]{1,64})/(list|count))?");
    /** What cards say and how much is in each list: of ours alone. */
    private static final Pattern WORK_LISTS = Pattern.compile("/camunda/api/work-lists(/cards)?");

    /** What Tasklist itself sends. Anything else, {@code orQueries} first of all, could carry a query of one's own (CVE-2026-109432). */
    private static final Set<String> LIST_KEYS = Set.of(
            "processVariables",
            "taskVariables",
            "caseInstanceVariables",
            "firstResult",
            "maxResults",
            "sorting",
            "active");

    private static final TypeReference<Map<String, Object>> TYPED = new TypeReference<>() {};

    private static final int LARGEST_BODY = 256 * 1024;

    private final Tasks tasks;
    private final TasklistLists lists;
    private final ObjectMapper json;
    private final RefusedAttempts attempts;

    TasklistCalls(Tasks tasks, TasklistLists lists, ObjectMapper json, RefusedAttempts attempts) {
        this.tasks = tasks;
        this.lists = lists;
        this.json = json;
        this.attempts = attempts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getServletPath() + Objects.toString(request.getPathInfo(), "");
        try {
            var task = TASK.matcher(path);
            if (task.matches()) answer(request, response, task.group(1), task.group(2));
            else if (WORK_LISTS.matcher(path).matches()) answerWorkLists(request, response, path);
            else if (isOfLists(request, path)) answerLists(request, response, path);
            else chain.doFilter(new WithoutVariants(request), response);
        } catch (Problem problem) {
            attempts.record(request, problem);
            refuse(Refusal.of(problem), request, response);
        } catch (RuntimeException thrown) {
            refuse(Unavailable.of(thrown).orElseThrow(() -> thrown), request, response);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, String task, String call)
            throws IOException {
        Actor actor = ActorArgument.signedIn().orElseThrow(Problem::notFound);
        Locale locale = ProblemAdvice.apiLocale(request);
        if (call.equals("form-variables")) {
            var start = new LinkedHashMap<>(tasks.prefill(actor, task));
            start.putAll(tasks.draft(actor, task));
            write(response, variables(start, locale));
            return;
        }
        if (call.equals("deployed-form")) {
            write(response, tasks.form(actor, task, locale.getLanguage().equals("en")));
            return;
        }
        mustComeFromTasklist(request);
        switch (call) {
            case "claim" -> {
                if (!read(request).path("userId").asText(actor.account()).equals(actor.account()))
                    throw Problem.forbidden("web.tasklist.ONLY_FOR_ONESELF");
                tasks.claim(actor, task);
            }
            case "unclaim" -> tasks.release(actor, task, null);
            case "draft" -> tasks.keepDraft(actor, task, json.convertValue(read(request), TYPED));
            default -> {
                var done = tasks.complete(actor, task, filled(read(request).path("variables")));
                if (done.told() != null) throw done.told();
            }
        }
        response.setStatus(HttpStatus.NO_CONTENT.value());
    }

    /** Tasklist's own token against forged requests: given with its page, kept in the session, sent back in a header. */
    private static void mustComeFromTasklist(HttpServletRequest request) {
        var session = request.getSession(false);
        var expected = session == null ? null : session.getAttribute("CAMUNDA_CSRF_TOKEN");
        String sent = request.getHeader("X-XSRF-TOKEN");
        if (expected == null
                || sent == null
                || !MessageDigest.isEqual(
                        sent.getBytes(StandardCharsets.UTF_8),
                        expected.toString().getBytes(StandardCharsets.UTF_8)))
            throw Problem.forbidden("web.tasklist.PAGE_TOO_OLD");
    }

    /** The engine's answers are the same in every language and packed by nobody, but a broken wish for either would be an error of its REST interface. */
    private static class WithoutVariants extends HttpServletRequestWrapper {
        private static final Set<String> WISHES = Set.of("accept-language", "accept-encoding", "accept-charset");

        WithoutVariants(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                    .filter(name -> !WISHES.contains(name.toLowerCase(Locale.ROOT)))
                    .toList());
        }
    }

    private void answerWorkLists(HttpServletRequest request, HttpServletResponse response, String path)
            throws IOException {
        Actor actor = ActorArgument.signedIn().orElseThrow(Problem::notFound);
        if (!path.endsWith("/cards")) write(response, lists.counted(actor));
        else {
            String[] ids = request.getParameterValues("id");
            write(response, lists.cards(actor, ids == null ? List.of() : List.of(ids)));
        }
    }

    /** Which lists there are, and one of them; what else there is of filters ({@code OPTIONS}: may one make any) the engine answers. */
    private static boolean isOfLists(HttpServletRequest request, String path) {
        var lists = LISTS.matcher(path);
        return lists.matches() && request.getMethod().equals(lists.group(3) == null ? "GET" : "POST");
    }

    private void answerLists(HttpServletRequest request, HttpServletResponse response, String path) throws IOException {
        Actor actor = ActorArgument.signedIn().orElseThrow(Problem::notFound);
        Locale locale = ProblemAdvice.apiLocale(request);
        var asked = LISTS.matcher(path);
        if (!asked.matches()) throw Problem.notFound();
        if (asked.group(3) == null) {
            var filters = lists.filters(actor, locale);
            write(response, asked.group(1) == null ? filters : Map.of("count", filters.size()));
            return;
        }
        ObjectNode query = looked(request);
        if (asked.group(3).equals("count")) {
            write(response, Map.of("count", lists.count(actor, asked.group(2))));
            return;
        }
        boolean hal = String.valueOf(request.getHeader("Accept")).contains("application/hal+json");
        long first = number(query, request, "firstResult", 0);
        int size = (int) Math.min(number(query, request, "maxResults", 15), Integer.MAX_VALUE);
        write(response, lists.page(actor, asked.group(2), first, size, hal, locale));
    }

    /** Tasklist says it twice, in the address and in what it sends. */
    private static long number(ObjectNode query, HttpServletRequest request, String name, long otherwise) {
        String inAddress = String.valueOf(request.getParameter(name));
        long told = inAddress.matches("\\d{1,15}") ? Long.parseLong(inAddress) : otherwise;
        return query.path(name).asLong(told);
    }

    /** What is asked of a list is looked through: nothing that could be a query of one's own. How it is sorted is not the asker's to say. */
    private ObjectNode looked(HttpServletRequest request) throws IOException {
        ObjectNode query = read(request);
        query.fieldNames().forEachRemaining(key -> {
            if (!LIST_KEYS.contains(key)) throw Problem.forbidden("web.tasklist.QUERY_NOT_ALLOWED");
        });
        for (JsonNode sort : query.path("sorting"))
            if (!sort.path("parameters").isMissingNode())
                throw Problem.forbidden("web.tasklist.sorting.QUERY_NOT_ALLOWED");
        for (String name : List.of("processVariables", "taskVariables", "caseInstanceVariables"))
            if (!query.path(name).isEmpty()) throw Problem.forbidden("web.tasklist.variables.QUERY_NOT_ALLOWED");
        return query;
    }

    private ObjectNode read(HttpServletRequest request) throws IOException {
        byte[] body = body(request);
        if (body.length == 0) return json.createObjectNode();
        try {
            if (json.readTree(body) instanceof ObjectNode object) return object;
        } catch (JsonProcessingException malformed) {
            // told below, in our words
        }
        throw Problem.of(Problem.Kind.MALFORMED, "web.tasklist.MALFORMED");
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) throw Problem.of(Problem.Kind.TOO_LARGE, "web.tasklist.TOO_LARGE");
        return body;
    }

    /** From {@code {key: {value, type}}}; a list comes as JSON in a text. */
    private Map<String, Object> filled(JsonNode variables) throws IOException {
        var filled = new LinkedHashMap<String, Object>();
        for (var entry : variables.properties()) {
            JsonNode value = entry.getValue().path("value");
            if (value.isTextual()
                    && "json".equalsIgnoreCase(entry.getValue().path("type").asText()))
                value = json.readTree(value.textValue());
            filled.put(entry.getKey(), json.convertValue(value, Object.class));
        }
        return filled;
    }

    private Map<String, Object> variables(Map<String, Object> start, Locale locale) throws IOException {
        var variables = new LinkedHashMap<String, Object>();
        for (var entry : start.entrySet()) {
            Object value = named(entry.getValue(), locale);
            boolean plain =
                    value == null || value instanceof String || value instanceof Number || value instanceof Boolean;
            String type =
                    value instanceof Boolean ? "Boolean" : value instanceof Number ? "Long" : plain ? "String" : "Json";
            var variable = new LinkedHashMap<String, Object>();
            variable.put("type", type);
            variable.put("value", plain ? value : json.writeValueAsString(value));
            variable.put("valueInfo", Map.of());
            variables.put(entry.getKey(), variable);
        }
        return variables;
    }

    /** What may be ticked, with its names in the reader's language. */
    private static Object named(Object value, Locale locale) {
        return value instanceof List<?> list
                ? list.stream()
                        .map(one -> one instanceof Choice c
                                ? Map.of("value", c.value(), "label", c.label().in(locale))
                                : one)
                        .toList()
                : value;
    }

    /** In the shape in which Tasklist shows what its server said. */
    private void refuse(Refusal refusal, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var locale = ProblemAdvice.apiLocale(request);
        var words = new StringBuilder(refusal.text().in(locale));
        if (refusal.mistakes().size() > 1 || "INVALID".equals(refusal.code()))
            refusal.mistakes().forEach(m -> words.append(' ').append(m.message().in(locale)));
        response.setStatus(refusal.status().value());
        refusal.headers().forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
        write(response, Map.of("type", refusal.code(), "message", words.toString(), "code", refusal.code()));
    }

    private void write(HttpServletResponse response, Object answer) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        json.writeValue(response.getOutputStream(), answer);
    }
}

package cn.jincai.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ContentCachingRequestWrapper;

/** A made-up person, and into which fields of which pages and calls somebody has written of her, and the city took it. */
@TestComponent
@Order(Ordered.HIGHEST_PRECEDENCE)
public class TypedWords extends OncePerRequestFilter {
    public static final String NAME = "慕容测隐", NUMBER = "350582198808086176", PHONE = "13957716034";
    public static final String WORDS = "见" + NAME + "，证件" + NUMBER + "，电话" + PHONE + "。";
    private static final int LARGEST = 1_000_000;

    private final Set<String> fields = ConcurrentHashMap.newKeySet();
    private final ObjectMapper json;

    TypedWords(ObjectMapper json) {
        this.json = json;
    }

    /** {@code METHOD /pattern field}: inner fields of JSON by dots, those of a list without their number, a file by the field that takes it. */
    public Set<String> fields() {
        return fields;
    }

    public static boolean isIn(String text) {
        return Stream.of(NAME, NUMBER, PHONE).anyMatch(text::contains);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean isJson =
                request.getContentType() != null && request.getContentType().contains("json");
        HttpServletRequest read = isJson ? new ContentCachingRequestWrapper(request, LARGEST) : request;
        chain.doFilter(read, response);
        Object pattern = read.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (pattern == null || response.getStatus() >= 400) return;
        String call = request.getMethod() + " " + pattern + " ";
        if (read instanceof ContentCachingRequestWrapper body && body.getContentAsByteArray().length > 0)
            note(call, "", json.readTree(body.getContentAsByteArray()));
        else
            request.getParameterMap().forEach((name, values) -> {
                if (Stream.of(values).anyMatch(TypedWords::isIn)) fields.add(call + name);
            });
        if (request.getContentType() != null && request.getContentType().startsWith("multipart/"))
            for (Part part : request.getParts())
                if (part.getSubmittedFileName() != null && isIn(part.getSubmittedFileName()))
                    fields.add(call + part.getName());
    }

    private void note(String call, String path, JsonNode value) {
        if (value.isTextual() && isIn(value.asText())) fields.add(call + path);
        if (value.isArray()) value.forEach(inner -> note(call, path, inner));
        value.properties()
                .forEach(e -> note(call, path.isEmpty() ? e.getKey() : path + "." + e.getKey(), e.getValue()));
    }
}

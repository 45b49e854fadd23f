package cn.jincai.web.api;

import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.web.problem.Refusal;
import cn.jincai.web.security.RateLimited;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.io.ClassPathResource;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

/**
 * What all calls have in common, told once and read off the code: who may call (the method's own rule), what can go wrong, pages of lists, the two
 * headers against doing a thing twice and against overwriting. What each call does is told in {@code api/calls.properties}; {@code docs/openapi.json} is the
 * committed copy of it all.
 */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
    static {
        SpringDocUtils.getConfig()
                .replaceWithClass(JsonNode.class, Object.class)
                .replaceWithClass(ObjectNode.class, Object.class);
    }

    private static final String BASIC = "basic", PROBLEM = "application/problem+json";
    private static final Pattern NAMED = Pattern.compile("'([a-z-]+)'");
    /** By operation id. */
    private static final ResourceBundle CALLS = ResourceBundle.getBundle("api/calls");

    private static final Set<String> COMMON_PARAMETERS = Set.of("page", "size", "Idempotency-Key", "If-Match");

    @Bean
    OpenAPI openApi() throws IOException {
        Components parts = new Components()
                .addSecuritySchemes(
                        BASIC,
                        new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic"));
        ModelConverters.getInstance(true).readAll(ProblemShape.class).forEach(parts::addSchemas);
        return new OpenAPI()
                .info(new Info()
                        .title(Text.of("web.api.title").both())
                        .version("1")
                        .description(new ClassPathResource("api/about.md").getContentAsString(StandardCharsets.UTF_8)))
                .servers(List.of(new Server().url("/")))
                .components(parts);
    }

    /** As in the code, such as {@code WhatIfResult.Group}, without the rooms, which may be rearranged. */
    @Bean
    ModelResolver namesOfShapes(ObjectMapper json) {
        Map<String, Class<?>> named = new ConcurrentHashMap<>();
        return new ModelResolver(json, new TypeNameResolver() {
            @Override
            protected String nameForClass(Class<?> shape, Set<Options> options) {
                String name = super.nameForClass(shape, options);
                if (!shape.getName().startsWith("cn.jincai.") || !name.equals(shape.getSimpleName())) return name;
                String plain = shape.getName()
                        .substring(shape.getPackageName().length() + 1)
                        .replace('$', '.');
                if (named.computeIfAbsent(plain, n -> shape) != shape)
                    throw new IllegalStateException(shape + " and " + named.get(plain) + " would be described as one");
                return plain;
            }
        });
    }

    /** RFC 9457 with two members of our own; only for the description. */
    @io.swagger.v3.oas.annotations.media.Schema(name = "Problem")
    record ProblemShape(
            @io.swagger.v3.oas.annotations.media.Schema(description = "the kind of problem, by its code")
            String type,

            String title,
            int status,

            @io.swagger.v3.oas.annotations.media.Schema(description = "for people, in the caller's language")
            String detail,

            String instance,

            @io.swagger.v3.oas.annotations.media.Schema(description = "for programs")
            String code,

            @io.swagger.v3.oas.annotations.media.Schema(description = "every mistake, by field")
            List<Refusal.Error> errors) {}

    @Bean
    GlobalOperationCustomizer commonToAllCalls() {
        return (operation, handler) -> {
            String rule = rule(handler);
            String room = handler.getBeanType()
                    .getSimpleName()
                    .replaceFirst("Api$", "")
                    .toLowerCase(Locale.ROOT);
            String id = room + "-" + handler.getMethod().getName(), more = id + ".description";
            operation.setOperationId(id);
            operation.setTags(List.of(CALLS.getString("tag." + room)));
            if (CALLS.containsKey(id)) operation.setSummary(CALLS.getString(id));
            operation.setDescription((CALLS.containsKey(more) ? CALLS.getString(more) + "\n\n" : "") + "**"
                    + said("who") + ":** " + who(rule));
            operation.setSecurity(
                    rule.contains("permitAll") ? List.of() : List.of(new SecurityRequirement().addList(BASIC)));
            parameters(operation).stream()
                    .filter(p -> COMMON_PARAMETERS.contains(p.getName()))
                    .forEach(p -> p.setDescription(said("parameter." + p.getName())));
            successes(operation);
            problems(operation, handler, rule).forEach(which -> addProblem(operation, which));
            return operation;
        };
    }

    private static String rule(HandlerMethod handler) {
        PreAuthorize rule = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), PreAuthorize.class);
        return (rule == null
                        ? AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), PreAuthorize.class)
                        : rule)
                .value();
    }

    private static String who(String rule) {
        if (rule.contains("permitAll")) return said("who.anyone");
        List<String> roles = NAMED.matcher(rule)
                .results()
                .map(named -> Role.of(named.group(1)))
                .map(role -> role.text().zh() + " `" + role.code() + "`")
                .toList();
        return roles.isEmpty() ? said("who.signedIn") : String.join("、", roles);
    }

    private static List<Parameter> parameters(Operation operation) {
        return operation.getParameters() == null ? List.of() : operation.getParameters();
    }

    private static boolean has(Operation operation, String in, @Nullable String name) {
        return parameters(operation).stream()
                .anyMatch(p ->
                        p.getIn().equals(in) && (name == null || p.getName().equals(name)));
    }

    /** An answer in JSON says so instead of "anything", and a case says which version it is. */
    private static void successes(Operation operation) {
        operation.getResponses().forEach((code, response) -> {
            Content content = response.getContent();
            if (content != null && content.containsKey("*/*"))
                content.addMediaType("application/json", content.remove("*/*"));
            if (response.getDescription().isBlank() || response.getDescription().matches("OK|Created|No Content"))
                response.setDescription(said("answer." + (code.matches("201|204") ? code : "200")));
            if (has(operation, "header", "If-Match"))
                response.addHeaderObject(
                        "ETag", new Header().description(said("etag")).schema(new StringSchema()));
        });
    }

    private static Set<String> problems(Operation operation, HandlerMethod handler, String rule) {
        Set<String> problems = new LinkedHashSet<>();
        boolean changes = !Arrays.asList(
                        AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), RequestMapping.class)
                                .method())
                .contains(RequestMethod.GET);
        boolean sends = operation.getRequestBody() != null, open = rule.contains("permitAll");
        if (sends || !parameters(operation).isEmpty()) problems.add("400");
        if (!open) problems.addAll(List.of("401", "403"));
        if (handler.hasMethodAnnotation(RateLimited.class)) problems.add("429.calls");
        else if (!open) problems.add("429");
        if (has(operation, "path", null)) problems.add("404");
        if (changes && !open) problems.add("409");
        if (has(operation, "header", "If-Match")) problems.add("412");
        if (sends) problems.add("413");
        if (sends && !open) problems.add("422");
        return problems;
    }

    /** What a method says of itself stays. */
    private static void addProblem(Operation operation, String which) {
        String code = which.substring(0, 3);
        ApiResponse told = operation.getResponses().computeIfAbsent(code, c -> new ApiResponse());
        if (told.getDescription() == null) told.setDescription(said("problem." + which));
        told.content(new Content()
                .addMediaType(PROBLEM, new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
    }

    private static String said(String key) {
        return Text.of("web.api." + key).both();
    }
}

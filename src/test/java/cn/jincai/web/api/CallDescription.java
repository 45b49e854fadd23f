package cn.jincai.web.api;

import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.web.problem.Refusal;
import cn.jincai.web.server.RateLimited;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
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
 * headers against doing a thing twice and against overwriting. What each call and its parameters do is said in {@code api/calls.properties}; {@code docs/openapi.json} is
 * what comes of it: written and compared by {@code OpenApiIT}, and answered as it stands by the product.
 */
@Configuration(proxyBeanMethods = false)
class CallDescription {
    private static final String BASIC = "basic", BEARER = "bearer", PROBLEM = "application/problem+json";
    private static final Pattern NAMED = Pattern.compile("'([a-z-]+)'");
    /** By operation id. */
    private static final ResourceBundle CALLS = ResourceBundle.getBundle("api/calls");

    private static final Set<String> COMMON_PARAMETERS = Set.of("page", "size", "Idempotency-Key", "If-Match");

    private final SchemaDescription schemas;

    CallDescription(SchemaDescription schemas) {
        this.schemas = schemas;
    }

    @Bean
    OpenAPI openApi(ModelResolver names) throws IOException {
        Components parts = new Components()
                .addSecuritySchemes(BASIC, scheme(BASIC))
                .addSecuritySchemes(BEARER, scheme(BEARER).bearerFormat("JWT"));
        ModelConverters converters = new ModelConverters(true);
        converters.addConverter(names);
        converters.readAll(ProblemShape.class).forEach(parts::addSchemas);
        return new OpenAPI()
                .info(new Info()
                        .title(Text.of("api.title").both())
                        .version("1")
                        .description(new ClassPathResource("api/about.md").getContentAsString(StandardCharsets.UTF_8)))
                .servers(List.of(new Server().url("/")))
                .components(parts);
    }

    private static SecurityScheme scheme(String name) {
        return new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme(name).description(said("scheme." + name));
    }

    /** RFC 9457 with two members of our own; only for the description. */
    record ProblemShape(
            String type,
            String title,
            int status,
            String detail,
            String instance,
            String code,
            List<Refusal.Error> errors) {}

    @Bean
    GlobalOperationCustomizer commonToAllCalls() {
        return (operation, handler) -> {
            String rule = rule(handler);
            String room = plain(handler.getBeanType().getSimpleName().replaceFirst("Api$", ""));
            String id = room + "-" + plain(handler.getMethod().getName());
            operation.setOperationId(id);
            operation.setTags(List.of(CALLS.getString("tag." + room)));
            sentence(id).ifPresent(operation::setSummary);
            operation.setDescription(
                    sentence(id + ".description").map(more -> more + "\n\n").orElse("") + "**" + said("who") + ":** "
                            + who(rule));
            operation.setSecurity(
                    rule.contains("permitAll")
                            ? List.of()
                            : List.of(
                                    new SecurityRequirement().addList(BASIC),
                                    new SecurityRequirement().addList(BEARER)));
            parameters(operation).forEach(p -> describe(id, p));
            body(id, operation);
            successes(id, operation);
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

    /** {@code DemoBank} is {@code demo-bank}. */
    private static String plain(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static Optional<String> sentence(String key) {
        return CALLS.containsKey(key) ? Optional.of(CALLS.getString(key)) : Optional.empty();
    }

    /** By the call's own sentence, or the one that a parameter of this name has everywhere. */
    private static Optional<String> sentence(String call, String parameter, String part) {
        return sentence(call + "." + parameter + part).or(() -> sentence("parameter." + parameter + part));
    }

    private static void describe(String call, Parameter parameter) {
        String name = parameter.getName();
        parameter.setDescription(
                COMMON_PARAMETERS.contains(name)
                        ? said("parameter." + name)
                        : sentence(call, name, "").orElse(null));
        sentence(call, name, ".example")
                .ifPresent(example -> parameter.setExample(
                        parameter.getSchema().getTypes().contains("integer") ? Long.valueOf(example) : example));
        SchemaDescription.codes(call + "." + name)
                .ifPresent(codes -> ((Schema<Object>) parameter.getSchema()).setEnum(new ArrayList<>(codes)));
    }

    private void body(String call, Operation operation) {
        if (operation.getRequestBody() == null) return;
        operation.getRequestBody().getContent().forEach((type, content) -> {
            if (content.getSchema().getProperties() != null) // the parts of a form
            content.getSchema()
                        .getProperties()
                        .forEach((name, part) -> ((Schema<?>) part)
                                .setDescription(
                                        sentence(call, name.toString(), "").orElse(null)));
            else schemas.example(call).ifPresent(content::setExample);
        });
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
    private static void successes(String call, Operation operation) {
        operation.getResponses().forEach((code, response) -> {
            Content content = response.getContent();
            if (content != null && content.containsKey("*/*"))
                content.addMediaType("application/json", content.remove("*/*"));
            response.setDescription(sentence(call + "." + code)
                    .orElseGet(() -> said("answer." + (code.matches("201|204") ? code : "200"))));
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

    private static void addProblem(Operation operation, String which) {
        String code = which.substring(0, 3);
        ApiResponse told = operation.getResponses().computeIfAbsent(code, c -> new ApiResponse());
        told.setDescription(
                sentence(operation.getOperationId() + "." + code).orElseGet(() -> said("problem." + which)));
        told.content(new Content()
                .addMediaType(PROBLEM, new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
    }

    private static String said(String key) {
        return Text.of("api." + key).both();
    }
}

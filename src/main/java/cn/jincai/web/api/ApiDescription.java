package cn.jincai.web.api;

import cn.jincai.kernel.Role;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

/**
 * What all calls have in common, told once and read off the code: who may call (the method's own rule), what can go wrong, pages of lists, the two
 * headers against doing a thing twice and against overwriting. {@code docs/openapi.json} is its committed copy.
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
    private static final Map<String, String> PARAMETERS = Map.of(
            "page",
            "页码，从 0 起 pages count from 0",
            "size",
            "每页条数，1 至 100 rows of a page, 1 to 100",
            "Idempotency-Key",
            "由调用方选定；同一键、同一内容重复调用得到同一答复，内容不同则 422。Chosen by the caller: the same key with the same body gives the same answer, with another body 422.",
            "If-Match",
            "读到的 ETag；他人已改动则 412。The ETag that was seen: 412 when somebody has changed it meanwhile.");

    @Bean
    OpenAPI openApi() {
        String about = """
            人才政策办件接口：与门户、待办使用同一套服务。The same services that the portal and Tasklist use.

            - 身份 Who: HTTP Basic, no cookies. Outside the demo only over TLS, or from the machine itself.
            - 差错 Errors: RFC 9457 `application/problem+json` with `code` and `errors`, in Chinese or by `Accept-Language: en` in English. Another's case is 404.
            - 列表 Lists: `?page=0&size=20` -> `{items, page, size, total}`, newest first unless said.
            - 不重复 Not twice: `Idempotency-Key` where something is made. 不覆盖 Not over another's change: `If-Match` with the `ETag` that was seen.
            - 单位 Units: sums in fen, days as YYYY-MM-DD in Asia/Shanghai, moments in UTC.
            """;
        Components parts = new Components()
                .addSecuritySchemes(
                        BASIC,
                        new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic"));
        ModelConverters.getInstance(true).readAll(ProblemShape.class).forEach(parts::addSchemas);
        return new OpenAPI()
                .info(new Info().title("晋才 jincai").version("1").description(about))
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
            operation.setOperationId(handler.getBeanType()
                            .getSimpleName()
                            .replaceFirst("Api$", "")
                            .toLowerCase() + "-" + handler.getMethod().getName());
            operation.setDescription((operation.getDescription() == null ? "" : operation.getDescription() + "\n\n")
                    + "**谁可以调用 Who:** " + who(rule));
            operation.setSecurity(
                    rule.contains("permitAll") ? List.of() : List.of(new SecurityRequirement().addList(BASIC)));
            parameters(operation)
                    .forEach(p ->
                            Optional.ofNullable(PARAMETERS.get(p.getName())).ifPresent(p::setDescription));
            successes(operation);
            problems(operation, handler, rule)
                    .forEach((code, when) ->
                            operation.getResponses().addApiResponse(code, problem(code, when, operation)));
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
        if (rule.contains("permitAll")) return "任何人 anyone";
        List<String> roles = NAMED.matcher(rule)
                .results()
                .map(named -> Role.of(named.group(1)))
                .map(role -> role.text().zh() + " `" + role.code() + "`")
                .toList();
        return roles.isEmpty() ? "登录的人 whoever is signed in" : String.join("、", roles);
    }

    private static List<Parameter> parameters(Operation operation) {
        return operation.getParameters() == null ? List.of() : operation.getParameters();
    }

    private static boolean has(Operation operation, String in, String name) {
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
                response.setDescription(
                        code.equals("201") ? "已建立 made" : code.equals("204") ? "已办理 done" : "答复 the answer");
            if (has(operation, "header", "If-Match"))
                response.addHeaderObject(
                        "ETag",
                        new Header()
                                .description("版本，供下一次 If-Match the version, for the next If-Match")
                                .schema(new StringSchema()));
        });
    }

    /** By status, when. What a method says of itself stays. */
    private static Map<String, String> problems(Operation operation, HandlerMethod handler, String rule) {
        Map<String, String> problems = new LinkedHashMap<>();
        boolean changes = !Arrays.asList(
                        AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), RequestMapping.class)
                                .method())
                .contains(RequestMethod.GET);
        boolean sends = operation.getRequestBody() != null;
        if (sends || !parameters(operation).isEmpty()) problems.put("400", "格式有误 malformed");
        if (!rule.contains("permitAll")) {
            problems.put("401", "未登录或密码不对 not signed in");
            problems.put("403", "角色不符、回避或四眼原则 role, own case or four eyes");
            problems.put("429", "密码错误次数过多 too many wrong passwords");
        }
        if (handler.hasMethodAnnotation(RateLimited.class))
            problems.put("429", "同一网络短时间内次数过多，见 Retry-After too many such calls from one network, see Retry-After");
        if (has(operation, "path", null)) problems.put("404", "没有，或与调用方无关 not there, or none of the caller's business");
        if (changes && !rule.contains("permitAll")) problems.put("409", "与现状冲突 in conflict with what is there");
        if (has(operation, "header", "If-Match")) problems.put("412", "他人已改动 somebody has changed it meanwhile");
        if (sends) problems.put("413", "内容太大 too large");
        if (sends && !rule.contains("permitAll")) problems.put("422", "逐项列出需要更正的内容 everything to be corrected");
        return problems;
    }

    private static ApiResponse problem(String code, String when, Operation operation) {
        ApiResponse told = operation.getResponses().getOrDefault(code, new ApiResponse());
        if (told.getDescription() == null) told.setDescription(when);
        return told.content(new Content()
                .addMediaType(PROBLEM, new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
    }
}

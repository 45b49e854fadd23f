package cn.jincai.web.api;

import cn.jincai.applicant.Registration;
import cn.jincai.filing.CaseLifecycle;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Page;
import cn.jincai.policy.Scheme;
import cn.jincai.process.ReassignmentReason;
import cn.jincai.review.ServiceMethod;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

/**
 * What is sent and answered, under plain names: each property with a sentence, whether it may be null, its codes, and examples. The sentences stand in
 * {@code api/schemas.properties}, the examples in {@code api/examples.json}.
 */
@Configuration(proxyBeanMethods = false)
class SchemaDescription {
    /** What an {@code ObjectNode} is to readers of the description. */
    private static class Members extends HashMap<String, Object> {}

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Actor.class) // who calls is no parameter
                .replaceWithClass(JsonNode.class, Object.class)
                .replaceWithClass(ObjectNode.class, Members.class);
    }

    private static final ResourceBundle SAID = ResourceBundle.getBundle("api/schemas");
    private static final String MAY_BE_NULL = "?";

    private static final List<String>
            OUTCOMES = CaseLifecycle.OUTCOMES.stream().sorted().toList(),
            SERVICE =
                    Arrays.stream(ServiceMethod.values())
                            .map(ServiceMethod::code)
                            .toList();
    /** Closed lists that the code knows though the property or parameter is text. */
    private static final Map<String, List<String>> CODES = Map.of(
            "Case.outcome", OUTCOMES,
            "CaseSummary.outcome", OUTCOMES,
            "case-list.outcome", OUTCOMES,
            "NewService.how", SERVICE,
            "EarlierGrant.documentType", Registration.DOCUMENT_TYPES,
            "TaskRelease.reason",
                    Arrays.stream(ReassignmentReason.values())
                            .map(ReassignmentReason::code)
                            .toList(),
            "SchemeFact.type",
                    Arrays.stream(Scheme.Type.values())
                            .map(type -> type.name().toLowerCase(Locale.ROOT))
                            .toList());

    private final JsonNode examples;

    SchemaDescription(ObjectMapper json) throws IOException {
        examples = json.readTree(new ClassPathResource("api/examples.json").getInputStream());
    }

    /** A record is called as the file says, otherwise as in the code, and a page of a list after what it lists. */
    @Bean
    ModelResolver namesOfSchemas(ObjectMapper json) {
        Map<String, Class<?>> named = new ConcurrentHashMap<>();
        return new ModelResolver(json, new TypeNameResolver() {
            @Override
            protected String nameForClass(Class<?> type, Set<Options> options) {
                if (!type.getName().startsWith("cn.jincai.")) return super.nameForClass(type, options);
                String own = type.getName()
                        .substring(type.getPackageName().length() + 1)
                        .replace('$', '.');
                String plain = said("name." + own).orElse(own);
                if (named.computeIfAbsent(plain, n -> type) != type)
                    throw new IllegalStateException(type + " and " + named.get(plain) + " would be described as one");
                return plain;
            }

            @Override
            protected String nameForGenericType(JavaType type, Set<Options> options) {
                return type.hasRawClass(Page.class)
                        ? nameForType(type.containedType(0), options) + "Page"
                        : super.nameForGenericType(type, options);
            }
        });
    }

    @Bean
    GlobalOpenApiCustomizer describedSchemas() {
        return api -> api.getComponents().getSchemas().forEach(this::describe);
    }

    private void describe(String name, Schema<?> schema) {
        example(name)
                .or(() -> said("as." + name).flatMap(this::example))
                .ifPresent(example -> ((Schema<Object>) schema).setExamples(List.of(example)));
        if (schema.getProperties() == null) return;
        Map<String, Schema> described = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        schema.getProperties().forEach((property, value) -> {
            String sentence = sentence(name, property);
            boolean optional = sentence.startsWith(MAY_BE_NULL);
            if (!optional) required.add(property);
            codes(name + "." + property).ifPresent(codes -> ((Schema<Object>) value).setEnum(new ArrayList<>(codes)));
            anything(value);
            Schema<?> stated = optional ? orNull(value) : value;
            described.put(property, stated.description(sentence.substring(optional ? 1 : 0)));
        });
        schema.setProperties(described);
        schema.setRequired(required);
    }

    private static String sentence(String schema, String property) {
        return Stream.of(schema + "." + property, said("as." + schema).orElse("") + "." + property, property)
                .flatMap(key -> said(key).stream())
                .findFirst()
                .orElse("");
    }

    /** Any JSON value, which Java calls an object. */
    private static void anything(Schema<?> schema) {
        if (isAnything(schema)) schema.setTypes(null);
        if (schema.getAdditionalProperties() instanceof Schema<?> values && isAnything(values))
            schema.setAdditionalProperties(true);
    }

    private static boolean isAnything(Schema<?> schema) {
        return schema.get$ref() == null
                && Set.of("object").equals(schema.getTypes())
                && schema.getProperties() == null
                && schema.getAdditionalProperties() == null;
    }

    private static Schema<?> orNull(Schema<?> schema) {
        if (schema.get$ref() == null && schema.getEnum() == null) {
            if (schema.getTypes() == null) return schema;
            Set<String> types = new LinkedHashSet<>(schema.getTypes());
            types.add("null");
            schema.setTypes(types);
            return schema;
        }
        return new JsonSchema().anyOf(List.of(schema, new JsonSchema().types(Set.of("null"))));
    }

    /** The closed list of a property {@code Schema.property} or parameter {@code operation-id.parameter}. */
    static Optional<List<String>> codes(String of) {
        return Optional.ofNullable(CODES.get(of)).or(() -> said(of + ".codes").map(codes -> List.of(codes.split(","))));
    }

    /** @param of a schema's name or an operation's id */
    Optional<Object> example(String of) {
        return Optional.ofNullable(examples.get(of));
    }

    private static Optional<String> said(String key) {
        return SAID.containsKey(key) ? Optional.of(SAID.getString(key)) : Optional.empty();
    }
}

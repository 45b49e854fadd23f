package cn.jincai.policy.forms;

import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.Findings;
import cn.jincai.policy.registers.Entry;
import cn.jincai.policy.registers.Registers;
import cn.jincai.policy.registers.RegistersReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the forms of a package whole. A component with the property {@code include: NAME} is the one component of {@code forms/common/parts/NAME.form}: what it says
 * itself goes before what the part says, and the fields of a group follow those of the part. So the editor still opens each file, and whoever asks for a form
 * gets one without anything left to look up.
 */
public final class FormParts {
    static final String FOLDER = "forms/common/parts/";
    private static final String INCLUDE = "include", REGISTER = "register";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Settings that a component and its part may each say some of. */
    private static final Set<String> MERGED = Set.of("validate", "conditional", "properties");

    private final SortedMap<String, byte[]> files;
    private final Collection<Mistake> mistakes;
    private final Registers registers;
    private final Map<JsonNode, Origin> origins = new IdentityHashMap<>();

    /** @param mistakes where to add that a part is missing, holds itself, or holds more than one component */
    public FormParts(SortedMap<String, byte[]> files, Collection<Mistake> mistakes) {
        this.files = files;
        this.mistakes = mistakes;
        this.registers = RegistersReader.ofPackage(
                files, new Findings()); // what is wrong in them, whoever reads the package tells
    }

    /**
     * Where a component stands.
     *
     * @param own   as it stands there
     * @param basis the part that it includes, or null
     */
    public record Origin(
            String file, JsonNode own, @Nullable Origin basis) {
        /** The file that holds this key of the component, or of the map {@code inside} it. */
        public String file(String inside, String key) {
            JsonNode map = inside.isEmpty() ? own : own.path(inside);
            return basis == null || map.has(key) ? file : basis.file(inside, key);
        }

        boolean isShared() {
            return basis != null || isPart(file);
        }
    }

    public static boolean isPart(String path) {
        return path.startsWith(FOLDER);
    }

    /**
     * A form of these files as whoever draws it needs it; a file without includes as it is.
     *
     * @throws IOException where it is no JSON
     */
    public static JsonNode whole(SortedMap<String, byte[]> files, String path) throws IOException {
        return new FormParts(files, new ArrayList<>()).read(path);
    }

    public JsonNode read(String path) throws IOException {
        JsonNode tree = JSON.readTree(files.get(path));
        if (!(tree instanceof ObjectNode form) || !form.path("components").isArray()) return tree;
        return form.set("components", components(form, path, List.of()));
    }

    @Nullable
    public Origin origin(JsonNode component) {
        return origins.get(component);
    }

    private ArrayNode components(JsonNode holder, String file, List<String> way) {
        ArrayNode whole = JSON.createArrayNode();
        for (JsonNode component : holder.path("components"))
            whole.add(component instanceof ObjectNode own ? component(own, file, way) : component);
        return whole;
    }

    private ObjectNode component(ObjectNode own, String file, List<String> way) {
        String name = own.path("properties").path(INCLUDE).asText("");
        ObjectNode part = name.isEmpty() ? null : part(name, own, file, way);
        ObjectNode whole = JSON.createObjectNode();
        if (part != null) whole.setAll(part);
        own.properties().forEach(said -> {
            JsonNode before = whole.path(said.getKey());
            boolean both = MERGED.contains(said.getKey())
                    && before.isObject()
                    && said.getValue().isObject();
            whole.set(
                    said.getKey(),
                    both
                            ? ((ObjectNode) before.deepCopy()).setAll((ObjectNode) said.getValue())
                            : said.getValue().deepCopy());
        });
        if (whole.path("properties") instanceof ObjectNode properties) properties.remove(INCLUDE);
        if (own.has("components")) {
            ArrayNode fields = JSON.createArrayNode();
            if (part != null) part.path("components").forEach(fields::add);
            whole.set("components", fields.addAll(components(own, file, way)));
        }
        choices(whole, file);
        origins.put(whole, new Origin(file, own, part == null ? null : origins.get(part)));
        return whole;
    }

    /** Of a component with the property {@code register} the register's entries, each as it was last called; FormReader knows on which days each is offered. */
    private void choices(ObjectNode whole, String file) {
        String register = whole.path("properties").path(REGISTER).asText("");
        if (register.isEmpty()) return;
        String place = file + "#" + whole.path("id").asText(whole.path("key").asText(""));
        if (!registers.ofValues().contains(register))
            mistakes.add(FormReader.mistake(place, "policy.form.NO_REGISTER", register, registers.ofValues()));
        ArrayNode values = JSON.createArrayNode();
        for (String code : registers.codes(register))
            values.addObject()
                    .put(
                            "label",
                            registers
                                    .of(register, code)
                                    .get(registers.of(register, code).size() - 1)
                                    .name()
                                    .zh())
                    .put("value", code);
        whole.set("values", values);
    }

    /** Whether the package was read with a register of this name. */
    public boolean hasRegister(String name) {
        return registers.has(name);
    }

    public boolean hasEntry(String register, String code) {
        return registers.codes(register).contains(code);
    }

    /** By code; none for a component that writes its choices itself. */
    List<Entry> entries(JsonNode component, String code) {
        return registers.of(component.path("properties").path(REGISTER).asText(""), code);
    }

    private @Nullable ObjectNode part(String name, JsonNode by, String file, List<String> way) {
        String path = FOLDER + name + ".form";
        String place = file + "#" + by.path("id").asText(by.path("key").asText(""));
        if (!files.containsKey(path)) {
            List<String> known = names();
            mistakes.add(FormReader.mistake(place, "policy.form.UNKNOWN_PART", name, path, known));
            return null;
        }
        if (way.contains(name)) {
            String circle = String.join(
                    " → ", Stream.concat(way.stream(), Stream.of(name)).toList());
            mistakes.add(FormReader.mistake(place, "policy.form.INCLUDE_CIRCLE", circle));
            return null;
        }
        try {
            JsonNode components = JSON.readTree(files.get(path)).path("components");
            if (components.size() == 1 && components.get(0) instanceof ObjectNode one)
                return component(
                        one, path, Stream.concat(way.stream(), Stream.of(name)).toList());
            mistakes.add(FormReader.mistake(path, "policy.form.ONE_COMPONENT", components.size()));
        } catch (IOException notJson) {
            mistakes.add(FormReader.mistake(path, "policy.form.NO_JSON"));
        }
        return null;
    }

    private List<String> names() {
        return files.keySet().stream()
                .filter(path -> isPart(path) && path.endsWith(".form"))
                .map(path -> path.substring(FOLDER.length(), path.length() - ".form".length()))
                .toList();
    }
}

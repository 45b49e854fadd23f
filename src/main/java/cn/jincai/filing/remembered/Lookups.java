package cn.jincai.filing.remembered;

import cn.jincai.applicant.Consents;
import cn.jincai.filing.CaseFacts;
import cn.jincai.filing.completeness.Completeness;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormCheck;
import cn.jincai.registry.Answer;
import cn.jincai.registry.Sources;
import cn.jincai.registry.Subject;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Answers that are found instead of typed: an entry of a public register by a part of its name, and what a source knows of the applicant himself, when he lets it be asked. */
@Service
public class Lookups {
    /** Less would bring half of the register. */
    private static final int SHORTEST = 2;

    private final Sources sources;
    private final Packages packages;
    private final Consents consents;
    private final CaseFacts facts;
    private final Completeness completeness;
    private final FormCheck check;
    private final CityClock clock;
    private final ObjectMapper json;

    Lookups(
            Sources sources,
            Packages packages,
            Consents consents,
            CaseFacts facts,
            Completeness completeness,
            FormCheck check,
            CityClock clock,
            ObjectMapper json) {
        this.sources = sources;
        this.packages = packages;
        this.consents = consents;
        this.facts = facts;
        this.completeness = completeness;
        this.check = check;
        this.clock = clock;
        this.json = json;
    }

    /**
     * An entry that was found.
     *
     * @param name    as people know it
     * @param answers what it tells of the section's fields, by key
     * @param origin  null where whoever chooses it answers himself
     */
    public record Entry(
            String name, ObjectNode answers, @Nullable Origin origin) {}

    /** @param silent the register did not answer: then the answer is typed */
    public record Entries(List<Entry> entries, boolean silent) {
        static final Entries SILENT = new Entries(List.of(), true);
    }

    public static boolean isSearched(Form.Field field) {
        return field.properties().containsKey("searchSource")
                || field.properties().containsKey("searchRegister");
    }

    /** Entries with this in their name, or with this code. Of a source only what the section asks comes back. */
    public Entries search(PolicyPackage pack, Form.Group section, Form.Field field, String part) {
        String wanted = part.strip();
        if (wanted.codePointCount(0, wanted.length()) < SHORTEST) return new Entries(List.of(), false);
        String source = field.properties().get("searchSource");
        return source == null ? inRegister(field, wanted) : atSource(pack, section, field, source, wanted);
    }

    private Entries inRegister(Form.Field field, String part) {
        String wanted = part.toLowerCase(Locale.ROOT);
        return new Entries(
                packages
                        .registersIfWhole()
                        .inForce(clock.today(), field.properties().getOrDefault("searchRegister", ""))
                        .stream()
                        .filter(e -> e.code().startsWith(part)
                                || e.name().zh().contains(part)
                                || e.name().en().toLowerCase(Locale.ROOT).contains(wanted))
                        .limit(Sources.MOST_FOUND)
                        .map(e -> new Entry(
                                e.code() + " " + e.name().zh(),
                                json.createObjectNode().put(field.key(), e.code()),
                                null))
                        .toList(),
                false);
    }

    private Entries atSource(PolicyPackage pack, Form.Group section, Form.Field field, String source, String part) {
        Set<String> keys = keys(section);
        return sources.search(source, part, keys)
                .map(found -> new Entries(
                        found.entries().stream()
                                .filter(e -> e.get(field.key()) instanceof String)
                                .map(e -> new Entry(
                                        String.valueOf(e.get(field.key())),
                                        right(pack, e),
                                        new Origin(Origin.Kind.SOURCE, source, found.asOf())))
                                .toList(),
                        false))
                .orElse(Entries.SILENT);
    }

    private static Set<String> keys(Form.Group section) {
        return Form.fields(section.parts()).stream().map(Form.Field::key).collect(Collectors.toSet());
    }

    /** What the form would refuse is left out: a register may know more kinds than a scheme. */
    private ObjectNode right(PolicyPackage pack, Map<String, Object> told) {
        Map<String, Object> answers = new TreeMap<>(told);
        check.checkDraft(completeness.form(pack), new HashMap<>(answers)).forEach(m -> answers.remove(m.field()));
        return json.valueToTree(answers);
    }

    /** What a source can tell of a section; empty where the form names none. */
    public List<Form.Field> fetched(PolicyPackage pack, Form.Group section) {
        String source = section.properties().getOrDefault("fetch", "");
        Set<String> known = new HashSet<>();
        pack.catalogue().facts().stream().filter(f -> f.source().equals(source)).forEach(f -> known.add(f.name()));
        return Form.fields(section.parts()).stream()
                .filter(f -> known.contains(f.key()))
                .toList();
    }

    /** The sentence to agree to: who is asked, for what (个人信息保护法 14 and 17). */
    public Text consent(PolicyPackage pack, Form.Group section) {
        return Text.of(
                "filing.fetch.consent",
                sources.nameOf(section.properties().getOrDefault("fetch", "")),
                Text.joined(
                        "kernel.list",
                        fetched(pack, section).stream().map(Form.Field::label).toList()));
    }

    /** Asks the source about the applicant himself, who has agreed to it; that is on record first. To be called outside a transaction. */
    public Entries fetch(Actor who, PolicyPackage pack, Form.Group section, ObjectNode answers) {
        String source = section.properties().getOrDefault("fetch", "");
        Set<String> names = fetched(pack, section).stream().map(Form.Field::key).collect(Collectors.toSet());
        consents.give(who.account(), "fetch-" + source, consent(pack, section).zh());
        Answer answer = sources.ask(
                source,
                new Subject(
                        answers.path("name").asText(),
                        answers.path("documentType").asText(),
                        answers.path("documentNumber").asText(),
                        answers.path("employerCode").asText(null),
                        completeness.values(answers)),
                names);
        if (!(answer instanceof Answer.Answered told)) return Entries.SILENT;
        ObjectNode right = right(pack, new TreeMap<>(facts.typed(pack.catalogue(), told.facts())));
        List<Entry> found = new ArrayList<>();
        if (!right.isEmpty()) found.add(new Entry(source, right, new Origin(Origin.Kind.SOURCE, source, told.asOf())));
        return new Entries(List.copyOf(found), false);
    }
}

package cn.jincai.policy.editing;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Status;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Publication.Upload;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.YamlEntry;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Each change makes a version of its own of the package, with everything else of the version from which it comes. It goes through the same gate as an upload, and the
 * way of a proposal; only worked cases may still say what they said before, until it is proposed.
 */
@Service
public class PackageEdits {
    public static final String ALWAYS = "always";

    private static final String SCHEME = "scheme.yaml",
            SAMPLES = "samples.yaml",
            FORM = "forms/application.form",
            ENGLISH = "forms/en.yaml";

    private final Publication publication;
    private final Packages packages;

    PackageEdits(Publication publication, Packages packages) {
        this.publication = publication;
        this.packages = packages;
    }

    /**
     * A value with its day, new or in place of the one that begins on that day.
     *
     * @throws Problem NOT_FOUND; INVALID at the field that was typed wrongly; CONFLICT where the file is written so that only a text editor can change it
     */
    public Upload put(String hash, String ruleset, String parameter, ValueEdit typed, Actor by) {
        Ruleset rules = ruleset(hash, ruleset);
        String line = line(rules, parameter(rules, parameter), typed);
        return edit(hash, ruleset, text -> text.with(way(parameter), from(typed), line), by);
    }

    /** Takes out the value that begins on a day; a parameter keeps one. */
    public Upload remove(String hash, String ruleset, String parameter, String from, Actor by) {
        Parameter changed = parameter(ruleset(hash, ruleset), parameter);
        if (changed.values().size() < 2) throw Problem.invalid("from", "policy.edit.LAST_VALUE");
        return edit(hash, ruleset, text -> text.without(way(parameter), from), by);
    }

    private static List<String> way(String parameter) {
        return List.of("parameters", parameter, "values");
    }

    private Upload edit(String hash, String ruleset, Function<YamlText, Optional<String>> change, Actor by) {
        String scheme = packages.byHash(hash).scheme();
        String file = "rulesets/" + ruleset + "/parameters.yaml";
        SortedMap<String, byte[]> files = publication.files(scheme, hash);
        byte[] content = files.get(file);
        if (content == null) throw Problem.notFound();
        String text = change.apply(new YamlText(content))
                .orElseThrow(() -> Problem.conflict("policy.edit.BY_TEXT_EDITOR", file));
        files.put(file, bytes(text));
        return publication.edit(files, by);
    }

    private Ruleset ruleset(String hash, String name) {
        return packages.byHash(hash).rulesets().stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    private static Parameter parameter(Ruleset ruleset, String name) {
        return Optional.ofNullable(ruleset.parameters().get(name)).orElseThrow(Problem::notFound);
    }

    /** The text of one of the scheme's own files, of those that people write by hand. What schemes share is changed for all of them, in the folders. */
    public String text(String hash, String path) {
        String scheme = packages.byHash(hash).scheme();
        byte[] content = publication.files(scheme, hash).get(path);
        if (content == null || !isEditable(path)) throw Problem.notFound();
        return new String(content, StandardCharsets.UTF_8);
    }

    public static boolean isEditable(String path) {
        return (path.endsWith(".yaml") || path.endsWith(".form")) && isOwn(path);
    }

    /** Not of what schemes share. */
    private static boolean isOwn(String path) {
        return !path.startsWith("common/") && !path.startsWith("forms/common/");
    }

    public Upload write(String hash, String path, String text, Actor by) {
        text(hash, path);
        SortedMap<String, byte[]> files =
                publication.files(packages.byHash(hash).scheme(), hash);
        files.put(path, bytes(text.replace("\r\n", "\n")));
        return publication.edit(files, by);
    }

    /**
     * A version of a new scheme, with everything of this one under other codes. It is in force for nobody until it is proposed and published.
     *
     * @throws Problem NOT_FOUND; INVALID at {@code code}, {@code nameZh}, {@code nameEn}, or {@code benefit-} and the old code
     */
    public Upload copy(String hash, SchemeCopy copy, Actor by) {
        PolicyPackage from = packages.byHash(hash);
        List<Mistake> mistakes = new ArrayList<>();
        if (!copy.code().matches("[a-z][a-z0-9-]{2,39}")) mistakes.add(Mistake.of("code", "policy.edit.code.LETTERS"));
        else if (publication.schemes().contains(copy.code()))
            mistakes.add(Mistake.of("code", "policy.edit.code.TAKEN"));
        if (copy.nameZh().isBlank()) mistakes.add(Mistake.of("nameZh", "policy.edit.name.REQUIRED"));
        if (copy.nameEn().isBlank()) mistakes.add(Mistake.of("nameEn", "policy.edit.name.REQUIRED"));
        List<String> old =
                from.catalogue().benefits().stream().map(Scheme.Benefit::code).toList();
        for (String benefit : old) {
            String code = copy.benefits().getOrDefault(benefit, "");
            if (!code.matches("[A-Z][A-Z0-9_]{2,39}") || old.contains(code))
                mistakes.add(Mistake.of("benefit-" + benefit, "policy.edit.benefit.CODE"));
        }
        if (copy.benefits().values().stream().distinct().count()
                < copy.benefits().size())
            mistakes.add(Mistake.of("benefit-" + old.get(0), "policy.edit.benefit.TWICE"));
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        SortedMap<String, byte[]> files = publication.files(from.scheme(), hash);
        files.remove(SAMPLES); // made-up people who have applied for the other
        files.replaceAll((path, content) -> isOwn(path) ? renamed(content, copy.benefits()) : content);
        String name = "{zh: " + YamlText.quoted(copy.nameZh().strip()) + ", en: "
                + YamlText.quoted(copy.nameEn().strip()) + "}";
        String scheme = new YamlText(Objects.requireNonNull(files.get(SCHEME)))
                .with(List.of(), "code", copy.code())
                .flatMap(text -> new YamlText(bytes(text)).with(List.of(), "name", name))
                .orElseThrow();
        files.put(SCHEME, bytes(scheme));
        return publication.edit(files, by);
    }

    private static byte[] renamed(byte[] content, Map<String, String> codes) {
        String text = new String(content, StandardCharsets.UTF_8);
        for (Map.Entry<String, String> code : codes.entrySet())
            text = text.replaceAll("\\b" + code.getKey() + "\\b", code.getValue());
        return bytes(text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What a field, a section or a choice of the scheme's own application form is called, under the key of {@code en.yaml}. */
    public record FormText(String key, String zh, String en) {}

    /** In the order of the form; what it includes from what schemes share stands in no scheme. */
    public List<FormText> formTexts(String hash) {
        SortedMap<String, byte[]> files = packages.byHash(hash).files();
        YamlEntry english = YamlEntry.read(ENGLISH, files.get(ENGLISH), new Findings());
        return new FormTexts(Objects.requireNonNull(files.get(FORM)))
                .all().entrySet().stream()
                        .map(e -> new FormText(
                                e.getKey(),
                                e.getValue(),
                                english.get(e.getKey()).text("")))
                        .toList();
    }

    /**
     * Only what differs is written.
     *
     * @param typed one for each of {@link #formTexts}, in their order
     * @throws Problem INVALID at {@code zh-0}, {@code en-0} and so on, by their place in the list
     */
    public Upload putFormTexts(String hash, List<FormText> typed, Actor by) {
        List<FormText> before = formTexts(hash);
        List<Mistake> mistakes = new ArrayList<>();
        for (int i = 0; i < typed.size(); i++) {
            if (typed.get(i).zh().isBlank()) mistakes.add(Mistake.of("zh-" + i, "policy.edit.text.REQUIRED"));
            if (typed.get(i).en().isBlank()) mistakes.add(Mistake.of("en-" + i, "policy.edit.text.REQUIRED"));
        }
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        SortedMap<String, byte[]> files =
                publication.files(packages.byHash(hash).scheme(), hash);
        Map<String, String> chinese =
                typed.stream().collect(Collectors.toMap(FormText::key, t -> t.zh().strip(), (a, b) -> a));
        files.put(FORM, bytes(new FormTexts(Objects.requireNonNull(files.get(FORM))).with(chinese)));
        for (FormText text : typed) {
            if (before.contains(text)) continue;
            String english = new YamlText(Objects.requireNonNull(files.get(ENGLISH)))
                    .with(List.of(), text.key(), YamlText.quoted(text.en().strip()))
                    .orElseThrow(() -> Problem.conflict("policy.edit.BY_TEXT_EDITOR", ENGLISH));
            files.put(ENGLISH, bytes(english));
        }
        return publication.edit(files, by);
    }

    private static String line(Ruleset ruleset, Parameter parameter, ValueEdit typed) {
        List<Mistake> mistakes = new ArrayList<>();
        String from = from(typed);
        if (!from.equals(ALWAYS) && YamlEntry.date(from) == null)
            mistakes.add(Mistake.of("from", "policy.edit.from.DATE"));
        String is = is(parameter, typed.is().strip());
        if (is == null) mistakes.add(Mistake.of("is", "policy.edit.is." + (parameter.isSum() ? "YUAN" : "NUMBER")));
        if (Arrays.stream(Status.values()).noneMatch(status -> status.name().equals(typed.status())))
            mistakes.add(Mistake.of("status", "policy.edit.status.UNKNOWN"));
        if (ruleset.sources().stream().noneMatch(document -> document.code().equals(typed.source())))
            mistakes.add(Mistake.of("source", "policy.edit.source.UNKNOWN"));
        String compared = blank(typed.comparedOn());
        if (compared != null && YamlEntry.date(compared) == null)
            mistakes.add(Mistake.of("comparedOn", "policy.edit.comparedOn.DATE"));
        String zh = blank(typed.noteZh()), en = blank(typed.noteEn());
        if ((zh == null) != (en == null))
            mistakes.add(Mistake.of(zh == null ? "noteZh" : "noteEn", "policy.edit.note.BOTH"));
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        StringBuilder line = new StringBuilder("{is: ")
                .append(is)
                .append(", status: ")
                .append(typed.status())
                .append(", source: ")
                .append(typed.source());
        if (compared != null) line.append(", comparedOn: ").append(compared);
        if (zh != null && en != null)
            line.append(", note: {zh: ")
                    .append(YamlText.quoted(zh))
                    .append(", en: ")
                    .append(YamlText.quoted(en))
                    .append('}');
        return line.append('}').toString();
    }

    private static String from(ValueEdit typed) {
        return typed.from().isBlank() ? ALWAYS : typed.from().strip();
    }

    private static @Nullable String blank(@Nullable String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }

    /** @return null for what is none of its unit */
    private static @Nullable String is(Parameter parameter, String typed) {
        if (typed.isEmpty()) return "none";
        return switch (parameter.unit()) {
            case "fen" -> fen(typed);
            case "date" -> YamlEntry.date(typed) == null ? null : typed;
            case "flag" -> typed.equals("true") || typed.equals("false") ? typed : null;
            case Parameter.PERCENT -> typed.matches("\\d{1,7}(\\.\\d{1,9})?") ? typed : null;
            case Parameter.RATIO -> typed.matches("\\d{1,9}/\\d{1,9}") ? typed : null;
            default -> typed.matches("\\d{1,15}") ? typed : null;
        };
    }

    /** Yuan with at most two decimals, with or without separators. */
    private static @Nullable String fen(String typed) {
        String plain = typed.replaceAll("[,，\\s]", "");
        return plain.matches("\\d{1,12}(\\.\\d{1,2})?")
                ? new BigDecimal(plain).movePointRight(2).toBigIntegerExact().toString()
                : null;
    }
}

package cn.jincai.policy.editing;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Status;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Publication.Upload;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.YamlEntry;
import cn.jincai.policy.forms.Written;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
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

    private static final String FORM = "forms/application.form", ENGLISH = "forms/en.yaml";

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
        return edit(hash, ruleset, text -> text.with(way(parameter), from(typed).orElseThrow(), line), by);
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
        Draft draft = new Draft(packages, publication, hash);
        draft.change("rulesets/" + ruleset + "/parameters.yaml", change);
        return draft.keep(by);
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
    static boolean isOwn(String path) {
        return !path.startsWith("common/") && !path.startsWith("forms/common/");
    }

    public Upload write(String hash, String path, String text, Actor by) {
        text(hash, path);
        SortedMap<String, byte[]> files =
                publication.files(packages.byHash(hash).scheme(), hash);
        files.put(path, bytes(text.replace("\r\n", "\n")));
        return publication.edit(files, hash, by);
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
        return publication.edit(files, hash, by);
    }

    static String line(Ruleset ruleset, Parameter parameter, ValueEdit typed) {
        List<Mistake> mistakes = new ArrayList<>();
        if (from(typed).isEmpty())
            mistakes.add(
                    Mistake.of("from", "policy.edit.from.DATE", typed.from().strip()));
        String is = is(parameter, typed.is().strip());
        if (is == null)
            mistakes.add(Mistake.of(
                    "is",
                    "policy.edit.is." + (parameter.isSum() ? "YUAN" : "NUMBER"),
                    typed.is().strip()));
        if (Arrays.stream(Status.values()).noneMatch(status -> status.name().equals(typed.status())))
            mistakes.add(Mistake.of("status", "policy.edit.status.UNKNOWN"));
        if (ruleset.sources().stream().noneMatch(document -> document.code().equals(typed.source())))
            mistakes.add(Mistake.of("source", "policy.edit.source.UNKNOWN"));
        String written = blank(typed.comparedOn()), compared = null;
        if (written != null) {
            compared = Written.day(written).map(LocalDate::toString).orElse(null);
            if (compared == null) mistakes.add(Mistake.of("comparedOn", "policy.edit.comparedOn.DATE", written));
        }
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

    /** Empty for what is no day. */
    private static Optional<String> from(ValueEdit typed) {
        return typed.from().isBlank()
                ? Optional.of(ALWAYS)
                : Written.day(typed.from()).map(LocalDate::toString);
    }

    private static @Nullable String blank(@Nullable String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }

    /** @return null for what is none of its unit */
    private static @Nullable String is(Parameter parameter, String typed) {
        if (typed.isEmpty()) return "none";
        Optional<?> read = switch (parameter.unit()) {
            case "fen" -> Written.fen(typed);
            case "date" -> Written.day(typed);
            case "flag" -> Optional.of(typed).filter(t -> t.equals("true") || t.equals("false"));
            case Parameter.PERCENT -> Written.percent(typed);
            case Parameter.RATIO -> Written.parts(typed);
            default -> Written.number(typed);
        };
        return read.map(String::valueOf).orElse(null);
    }
}

package cn.jincai.policy.editing;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.policy.LegalSource;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Publication.Upload;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Table;
import cn.jincai.policy.forms.Written;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Documents and articles of a ruleset changed one by one. What rests on one is never left without a basis. Each change makes a version, as in {@link PackageEdits}. */
@Service
public class SourceEdits {
    private static final int LONGEST_NAME = 300, LONGEST_TEXT = 5000;
    private static final String DOCUMENTS = "documents", ARTICLES = "articles";

    private final Publication publication;
    private final Packages packages;

    SourceEdits(Publication publication, Packages packages) {
        this.publication = publication;
        this.packages = packages;
    }

    /**
     * A document changed, or a new one.
     *
     * @param code of the one that is changed, null for a new one
     * @throws Problem NOT_FOUND; INVALID at the field that was typed wrongly; CONFLICT where only a text editor can change it
     */
    public Upload put(String hash, String ruleset, @Nullable String code, SourceEdit typed, Actor by) {
        Draft draft = draft(hash);
        Ruleset rules = draft.ruleset(ruleset);
        check(rules, code, typed);
        String title = bilingual(typed.titleZh(), typed.titleEn());
        String number =
                typed.number().isBlank() ? null : YamlText.quoted(typed.number().strip());
        if (code == null) {
            List<String> lines = new ArrayList<>(List.of("code: " + typed.code(), "title: " + title));
            if (number != null) lines.add("number: " + number);
            if (!typed.inForceFrom().isBlank()) lines.add("inForceFrom: " + day(typed.inForceFrom()));
            if (!typed.inForceUntil().isBlank()) lines.add("inForceUntil: " + day(typed.inForceUntil()));
            lines.add("articles: []");
            draft.change(file(rules), text -> text.appended(List.of(DOCUMENTS), lines));
            return draft.keep(by);
        }
        LegalSource old = document(rules, code);
        List<String> way = List.of(DOCUMENTS, "" + rules.sources().indexOf(old));
        if (!old.title().equals(text(typed.titleZh(), typed.titleEn())))
            draft.put(file(rules), way, "title", title, "");
        if (!typed.number().strip().equals(old.number() == null ? "" : old.number()))
            draft.put(file(rules), way, "number", number, ARTICLES);
        putDay(draft, rules, way, "inForceFrom", old.inForceFrom(), typed.inForceFrom());
        putDay(draft, rules, way, "inForceUntil", old.inForceUntil(), typed.inForceUntil());
        return draft.keep(by);
    }

    private static void putDay(
            Draft draft, Ruleset rules, List<String> way, String key, @Nullable LocalDate old, String typed) {
        LocalDate day = Written.day(typed).orElse(null);
        if (old == null ? day != null : !old.equals(day))
            draft.put(file(rules), way, key, day == null ? null : day.toString(), ARTICLES);
    }

    private static void check(Ruleset rules, @Nullable String code, SourceEdit typed) {
        List<Mistake> mistakes = new ArrayList<>();
        if (code == null) {
            if (!typed.code().matches("[a-z0-9][a-z0-9-]{1,59}"))
                mistakes.add(Mistake.of("code", "policy.edit.document.code.LETTERS", typed.code()));
            else if (rules.sources().stream().anyMatch(d -> d.code().equals(typed.code())))
                mistakes.add(Mistake.of("code", "policy.edit.document.code.TAKEN", typed.code()));
        }
        words("titleZh", typed.titleZh(), LONGEST_NAME, mistakes);
        words("titleEn", typed.titleEn(), LONGEST_NAME, mistakes);
        if (typed.number().length() > LONGEST_NAME)
            mistakes.add(Mistake.of("number", "policy.edit.text.TOO_LONG", LONGEST_NAME));
        LocalDate from = dayOrNone("inForceFrom", typed.inForceFrom(), mistakes),
                until = dayOrNone("inForceUntil", typed.inForceUntil(), mistakes);
        if (from != null && until != null && until.isBefore(from))
            mistakes.add(Mistake.of("inForceUntil", "policy.edit.document.ORDER", until, from));
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
    }

    /** @throws Problem INVALID where values or rules rest on it, with their names */
    public Upload remove(String hash, String ruleset, String code, Actor by) {
        Draft draft = draft(hash);
        Ruleset rules = draft.ruleset(ruleset);
        LegalSource gone = document(rules, code);
        List<String> resting = Stream.concat(
                        valuesOf(rules, code).stream().map(Parameter::name),
                        gone.articles().stream().flatMap(a -> a.rules().stream()))
                .toList();
        if (!resting.isEmpty()) throw Problem.invalid("code", "policy.edit.document.USED", Text.list(resting));
        int at = rules.sources().indexOf(gone);
        draft.change(file(rules), text -> text.withoutItem(List.of(DOCUMENTS), at));
        return draft.keep(by);
    }

    /** The parameters of which a value is taken from a document. */
    public static List<Parameter> valuesOf(Ruleset rules, String code) {
        return rules.parameters().values().stream()
                .filter(p -> p.values().stream().anyMatch(v -> v.source().equals(code)))
                .toList();
    }

    /**
     * An article changed, or a new one. A rule rests on one article: what is put under this one leaves the one under which it was.
     *
     * @param at place among the articles of the document, -1 for a new one
     * @throws Problem as {@link #put}; INVALID at {@code rules} also where a rule would rest on none
     */
    public Upload putArticle(String hash, String ruleset, String code, int at, SourceEdit.Article typed, Actor by) {
        Draft draft = draft(hash);
        Ruleset rules = draft.ruleset(ruleset);
        LegalSource document = document(rules, code);
        check(rules, document, at, typed);
        String file = file(rules);
        for (int d = 0; d < rules.sources().size(); d++) {
            List<LegalSource.Article> articles = rules.sources().get(d).articles();
            for (int a = 0; a < articles.size(); a++) {
                if (rules.sources().get(d) == document && a == at) continue;
                List<String> held = articles.get(a).rules(),
                        left =
                                held.stream()
                                        .filter(r -> !typed.rules().contains(r))
                                        .toList();
                List<String> way = article(d, a);
                if (left.size() < held.size()) draft.put(file, way, "rules", list(left), "");
            }
        }
        int d = rules.sources().indexOf(document);
        if (at < 0) {
            List<String> lines = List.of(
                    "name: " + bilingual(typed.nameZh(), typed.nameEn()),
                    "text: " + bilingual(typed.textZh(), typed.textEn()),
                    "rules: " + list(typed.rules()));
            List<String> way = List.of(DOCUMENTS, "" + d);
            if (draft.text(file).at(way).map(map -> map.get(ARTICLES)).isEmpty())
                draft.put(file, way, ARTICLES, "[]", "");
            draft.change(file, text -> text.appended(List.of(DOCUMENTS, "" + d, ARTICLES), lines));
            return draft.keep(by);
        }
        LegalSource.Article old = document.articles().get(at);
        putText(draft, file, d, at, "name", old.name(), typed.nameZh(), typed.nameEn());
        putText(draft, file, d, at, "text", old.text(), typed.textZh(), typed.textEn());
        if (!Set.copyOf(old.rules()).equals(Set.copyOf(typed.rules())))
            draft.put(file, article(d, at), "rules", list(typed.rules()), "");
        return draft.keep(by);
    }

    private static void putText(Draft draft, String file, int d, int at, String key, Text old, String zh, String en) {
        List<String> way =
                Stream.concat(article(d, at).stream(), Stream.of(key)).toList();
        if (!old.zh().equals(words(zh))) draft.put(file, way, "zh", YamlText.quoted(words(zh)), "");
        if (!old.en().equals(words(en))) draft.put(file, way, "en", YamlText.quoted(words(en)), "");
    }

    private static void check(Ruleset rules, LegalSource document, int at, SourceEdit.Article typed) {
        if (at >= document.articles().size()) throw Problem.notFound();
        List<Mistake> mistakes = new ArrayList<>();
        words("nameZh", typed.nameZh(), LONGEST_NAME, mistakes);
        words("nameEn", typed.nameEn(), LONGEST_NAME, mistakes);
        words("textZh", typed.textZh(), LONGEST_TEXT, mistakes);
        words("textEn", typed.textEn(), LONGEST_TEXT, mistakes);
        Set<String> known = ids(rules);
        List<String> unknown =
                typed.rules().stream().filter(r -> !known.contains(r)).toList();
        if (!unknown.isEmpty())
            mistakes.add(Mistake.of("rules", "policy.edit.article.UNKNOWN_RULE", Text.list(unknown)));
        List<String> homeless = at < 0
                ? List.of()
                : document.articles().get(at).rules().stream()
                        .filter(r -> !typed.rules().contains(r) && isOnlyUnder(rules, document, at, r))
                        .toList();
        if (!homeless.isEmpty()) mistakes.add(Mistake.of("rules", "policy.edit.article.NO_BASIS", Text.list(homeless)));
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
    }

    /** @throws Problem INVALID where a rule rests on nothing else, with their ids */
    public Upload removeArticle(String hash, String ruleset, String code, int at, Actor by) {
        Draft draft = draft(hash);
        Ruleset rules = draft.ruleset(ruleset);
        LegalSource document = document(rules, code);
        if (at < 0 || at >= document.articles().size()) throw Problem.notFound();
        List<String> homeless = document.articles().get(at).rules().stream()
                .filter(r -> isOnlyUnder(rules, document, at, r))
                .toList();
        if (!homeless.isEmpty()) throw Problem.invalid("rules", "policy.edit.article.NO_BASIS", Text.list(homeless));
        int d = rules.sources().indexOf(document);
        draft.change(file(rules), text -> text.withoutItem(List.of(DOCUMENTS, "" + d, ARTICLES), at));
        return draft.keep(by);
    }

    private static boolean isOnlyUnder(Ruleset rules, LegalSource document, int at, String rule) {
        return rules.sources().stream()
                .noneMatch(d -> IntStream.range(0, d.articles().size())
                        .anyMatch(a -> !(d == document && a == at)
                                && d.articles().get(a).rules().contains(rule)));
    }

    /** Of all tables of a ruleset. */
    private static Set<String> ids(Ruleset rules) {
        return Stream.concat(rules.conditions().stream(), rules.entitlements().stream())
                .flatMap(t -> t.rows().stream())
                .map(Table.Row::rule)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Draft draft(String hash) {
        return new Draft(packages, publication, hash);
    }

    private static LegalSource document(Ruleset rules, String code) {
        return rules.sources().stream()
                .filter(d -> d.code().equals(code))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    private static String file(Ruleset rules) {
        return rules.folder() + "sources.yaml";
    }

    private static List<String> article(int document, int at) {
        return List.of(DOCUMENTS, "" + document, ARTICLES, "" + at);
    }

    private static void words(String field, String typed, int longest, List<Mistake> mistakes) {
        if (typed.isBlank()) mistakes.add(Mistake.of(field, "policy.edit.text.REQUIRED"));
        else if (typed.length() > longest) mistakes.add(Mistake.of(field, "policy.edit.text.TOO_LONG", longest));
    }

    private static @Nullable LocalDate dayOrNone(String field, String typed, List<Mistake> mistakes) {
        if (typed.isBlank()) return null;
        LocalDate day = Written.day(typed).orElse(null);
        if (day == null) mistakes.add(Mistake.of(field, "policy.edit.DAY", typed.strip()));
        return day;
    }

    private static LocalDate day(String typed) {
        return Written.day(typed).orElseThrow();
    }

    private static String words(String typed) {
        return typed.strip().replace("\r\n", "\n");
    }

    private static Text text(String zh, String en) {
        return new Text(words(zh), words(en));
    }

    private static String bilingual(String zh, String en) {
        return "{zh: " + YamlText.quoted(words(zh)) + ", en: " + YamlText.quoted(words(en)) + "}";
    }

    static String list(List<String> rules) {
        return rules.stream().map(YamlText::plain).collect(Collectors.joining(", ", "[", "]"));
    }
}

package cn.jincai.policy.editing;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Publication.Upload;
import cn.jincai.policy.forms.Written;
import cn.jincai.policy.registers.Entry;
import cn.jincai.policy.registers.Registers;
import cn.jincai.policy.registers.RegistersReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Registers changed on a page: each change makes a version, as of an upload, that is proposed and published like any. */
@Service
public class RegisterEdits {
    private final Publication publication;

    RegisterEdits(Publication publication) {
        this.publication = publication;
    }

    /** A kept version, typed. @throws Problem NOT_FOUND */
    public Registers read(String hash) {
        return RegistersReader.ofVersion(publication.files(Registers.CODE, hash), new Findings());
    }

    /**
     * With one more entry. Whether its code and days go with the others, the checks say.
     *
     * @throws Problem NOT_FOUND for a register that is not there; INVALID at the field that is missing or no day
     */
    public Upload add(String hash, String register, EntryEdit typed, Actor by) {
        List<Mistake> mistakes = new ArrayList<>();
        if (typed.code().isBlank()) mistakes.add(Mistake.of("code", "policy.edit.entry.code.REQUIRED"));
        names(typed.nameZh(), typed.nameEn(), mistakes);
        LocalDate from = day("from", typed.from(), mistakes), until = day("until", typed.until(), mistakes);
        if (!typed.goodForDays().isBlank() && !typed.goodForDays().strip().matches("\\d{1,4}"))
            mistakes.add(Mistake.of("goodForDays", "policy.register.GOOD_FOR"));
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("code", quoted(typed.code()));
        keys.put("name", name(typed.nameZh(), typed.nameEn()));
        keys.put("from", written(from));
        keys.put("until", written(until));
        if (register.equals(Registers.SOURCES)) {
            keys.put("sends", list(typed.sends()));
            keys.put("facts", list(typed.facts()));
            keys.put("goodForDays", typed.goodForDays().strip());
        }
        if (register.equals(Registers.ROLES) && !typed.rights().isBlank()) keys.put("rights", quoted(typed.rights()));
        return change(hash, register, text -> text.withItem(item(keys)), by);
    }

    /** @throws Problem NOT_FOUND; INVALID at {@code until} */
    public Upload end(String hash, String register, String code, String until, Actor by) {
        LocalDate last = needed("until", until, "policy.edit.entry.until.REQUIRED");
        int at = last(hash, register, code);
        return change(hash, register, text -> text.with(List.of(String.valueOf(at)), "until", last.toString()), by);
    }

    /**
     * Another name from a day on: the entry ends on the day before, and one like it begins.
     *
     * @throws Problem NOT_FOUND; INVALID at {@code from}, {@code nameZh}, {@code nameEn}
     */
    public Upload rename(String hash, String register, String code, String zh, String en, String from, Actor by) {
        List<Mistake> mistakes = new ArrayList<>();
        names(zh, en, mistakes);
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        LocalDate first = needed("from", from, "policy.edit.entry.from.REQUIRED");
        int at = last(hash, register, code);
        Entry before = read(hash).of(register).get(at);
        if (before.from() != null && !first.isAfter(before.from())
                || before.until() != null && first.isAfter(before.until()))
            throw Problem.invalid("from", "policy.edit.entry.from.OUTSIDE");
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("code", quoted(before.code()));
        keys.put("name", name(zh, en));
        keys.put("from", first.toString());
        keys.put("until", written(before.until()));
        keys.put("sends", list(String.join(",", before.source().sends())));
        keys.put("facts", list(String.join(",", before.source().facts())));
        keys.put("goodForDays", Objects.toString(before.source().goodForDays(), ""));
        keys.put("rights", Objects.toString(before.rights(), ""));
        return change(
                hash,
                register,
                text -> text.with(
                                List.of(String.valueOf(at)),
                                "until",
                                first.minusDays(1).toString())
                        .flatMap(ended -> new YamlText(ended).withItem(item(keys))),
                by);
    }

    private Upload change(String hash, String register, Function<YamlText, Optional<String>> change, Actor by) {
        SortedMap<String, byte[]> files = publication.files(Registers.CODE, hash);
        String file = register + ".yaml";
        byte[] content = files.get(file);
        if (content == null) throw Problem.notFound();
        String text = change.apply(new YamlText(content))
                .orElseThrow(() -> Problem.conflict("policy.edit.BY_TEXT_EDITOR", file));
        files.put(file, bytes(text));
        return publication.edit(files, hash, by);
    }

    /** Place in its file of the latest entry of a code. */
    private int last(String hash, String register, String code) {
        Registers registers = read(hash);
        List<Entry> of = registers.of(register, code);
        if (of.isEmpty()) throw Problem.notFound();
        return registers.of(register).indexOf(of.get(of.size() - 1));
    }

    private static void names(String zh, String en, List<Mistake> mistakes) {
        if (zh.isBlank()) mistakes.add(Mistake.of("nameZh", "policy.edit.entry.name.REQUIRED"));
        if (en.isBlank()) mistakes.add(Mistake.of("nameEn", "policy.edit.entry.name.REQUIRED"));
    }

    private static @Nullable LocalDate day(String field, String typed, List<Mistake> mistakes) {
        if (typed.isBlank()) return null;
        LocalDate day = Written.day(typed).orElse(null);
        if (day == null) mistakes.add(Mistake.of(field, "policy.edit.DAY", typed.strip()));
        return day;
    }

    private static String written(@Nullable LocalDate day) {
        return day == null ? "" : day.toString();
    }

    private static LocalDate needed(String field, String typed, String missing) {
        List<Mistake> mistakes = new ArrayList<>();
        LocalDate day = day(field, typed, mistakes);
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        if (day == null) throw Problem.invalid(field, missing);
        return day;
    }

    private static String name(String zh, String en) {
        return "{zh: " + quoted(zh) + ", en: " + quoted(en) + "}";
    }

    private static String list(String typed) {
        return Stream.of(typed.split("[,，、\\s]+"))
                .filter(word -> !word.isBlank())
                .map(RegisterEdits::quoted)
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), all -> all.isEmpty() ? "" : "[" + all + "]"));
    }

    private static String item(Map<String, String> keys) {
        return keys.entrySet().stream()
                .filter(e -> !e.getValue().isEmpty())
                .map(e -> e.getKey() + ": " + e.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String quoted(String typed) {
        String text = typed.strip();
        return text.matches("[A-Za-z][A-Za-z0-9_-]*") && !text.matches("(?i)true|false|null|yes|no|on|off|y|n")
                ? text
                : YamlText.quoted(text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

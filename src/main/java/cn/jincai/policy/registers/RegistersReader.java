package cn.jincai.policy.registers;

import cn.jincai.kernel.Text;
import cn.jincai.policy.Findings;
import cn.jincai.policy.YamlEntry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads registers: one YAML file each, a list of entries. Whatever is wrong is a finding with file and line. */
public final class RegistersReader {
    private static final String NAME = "[a-z][a-z0-9-]{1,39}",
            CODE = "[A-Za-z0-9][A-Za-z0-9_-]{0,59}",
            FUND = "[A-Z][A-Z0-9_]{1,59}";
    /** What is no source outside, and yet told by that name. */
    private static final Set<String> RESERVED = Set.of("own-records", "applicant", "officer");

    private final Findings findings;

    private RegistersReader(Findings findings) {
        this.findings = findings;
    }

    /** Those that a package keeps; none where it was frozen before there were registers. */
    public static Registers ofPackage(SortedMap<String, byte[]> files, Findings findings) {
        return new RegistersReader(findings).read(Registers.FOLDER, files);
    }

    /** A version of the registers by itself. Registers that everything goes by may not be missing. */
    public static Registers ofVersion(SortedMap<String, byte[]> files, Findings findings) {
        for (String needed : List.of(Registers.SOURCES, Registers.FUNDS))
            if (!files.containsKey(needed + ".yaml"))
                findings.add(needed + ".yaml", "", "policy.register.MISSING_FILE");
        files.keySet().stream()
                .filter(path -> path.contains("/") || !path.endsWith(".yaml"))
                .forEach(path -> findings.add(path, "", "policy.register.NO_REGISTER_FILE"));
        return new RegistersReader(findings).read("", files);
    }

    private Registers read(String folder, SortedMap<String, byte[]> files) {
        SortedMap<String, List<Entry>> registers = new TreeMap<>();
        files.forEach((path, content) -> {
            String name = path.startsWith(folder) ? path.substring(folder.length()) : "/";
            if (name.contains("/") || !name.endsWith(".yaml")) return;
            name = name.substring(0, name.length() - ".yaml".length());
            if (!name.matches(NAME)) findings.add(path, "", "policy.register.NAME", name);
            registers.put(name, entries(name, YamlEntry.read(path, content, findings)));
        });
        Registers read = new Registers(registers);
        if (read.has(Registers.ROLES)) new RoleEntries(read, folder + Registers.ROLES + ".yaml", findings).check();
        return read;
    }

    private static List<Entry> entries(String register, YamlEntry file) {
        List<Entry> entries = new ArrayList<>();
        for (YamlEntry e : file.list()) {
            Entry entry = entry(register, e);
            entries.stream()
                    .filter(before -> before.code().equals(entry.code()) && before.overlaps(entry))
                    .findFirst()
                    .ifPresent(before -> e.wrong("policy.register.OVERLAP", entry.code(), before.line()));
            entries.add(entry);
        }
        return List.copyOf(entries);
    }

    private static Entry entry(String register, YamlEntry e) {
        boolean source = register.equals(Registers.SOURCES);
        if (source) e.knows("code", "name", "from", "until", "sends", "facts", "goodForDays");
        else if (register.equals(Registers.ROLES)) e.knows("code", "name", "from", "until", "rights");
        else e.knows("code", "name", "from", "until");
        String code = e.get("code").text();
        String form =
                source || register.equals(Registers.ROLES) ? NAME : register.equals(Registers.FUNDS) ? FUND : CODE;
        if (!code.isEmpty() && (!code.matches(form) || source && RESERVED.contains(code)))
            e.get("code").wrong("policy.register.CODE", code);
        Text name = e.get("name").bilingual();
        @Nullable LocalDate from = e.optional("from", YamlEntry::date), until = e.optional("until", YamlEntry::date);
        if (from != null && until != null && until.isBefore(from))
            e.get("until").wrong("policy.register.UNTIL", until, from);
        return new Entry(
                register,
                code,
                name,
                from,
                until,
                source ? source(e) : Entry.Source.NONE,
                e.has("rights") ? e.get("rights").text() : null,
                e.line());
    }

    private static Entry.Source source(YamlEntry e) {
        long days = e.has("goodForDays") ? e.get("goodForDays").number() : 1;
        if (days < 1 || days > 3660) e.get("goodForDays").wrong("policy.register.GOOD_FOR");
        return new Entry.Source(
                e.get("sends").texts(),
                e.get("facts").texts(),
                e.has("goodForDays") ? (int) Math.max(1, Math.min(3660, days)) : null);
    }
}

package cn.jincai.policy.registers;

import cn.jincai.policy.Scheme.Value;
import cn.jincai.policy.YamlEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a scheme takes from the registers that its package keeps. A package that was frozen before there were any was checked then, and is read as it is. */
public record RegisteredNames(Registers registers) {
    public String fund(YamlEntry e) {
        return known(e, new LinkedHashSet<>(registers.codes(Registers.FUNDS)));
    }

    /** For whom a scheme is. */
    public String audience(YamlEntry e) {
        return e.known(registers.codes(Registers.AUDIENCES), "policy.yaml.name.entry");
    }

    /** Of a source outside, or one of the two of this house. */
    public String source(YamlEntry e) {
        Set<String> known = new LinkedHashSet<>(registers.codes(Registers.SOURCES));
        if (!known.isEmpty()) known.addAll(List.of("own-records", "applicant"));
        return known(e, known);
    }

    private static String known(YamlEntry e, Collection<String> known) {
        return known.isEmpty() ? e.text() : e.oneOf(known.toArray(String[]::new));
    }

    /** All that a register has, or some of it: {@code {register: regions, only: [JINJIANG]}}. */
    public List<Value> values(YamlEntry e) {
        e.knows("register", "only");
        String register = e.get("register").known(registers.ofValues(), "policy.yaml.name.register");
        if (!registers.ofValues().contains(register)) return List.of(); // told
        Collection<String> codes = registers.codes(register);
        if (codes.isEmpty()) e.get("register").wrong("policy.register.NO_ENTRY", register);
        List<Value> values = new ArrayList<>();
        for (String code : e.has("only") ? only(e.get("only"), codes) : codes)
            values.add(Value.of(registers.of(register, code)));
        return values;
    }

    private static List<String> only(YamlEntry e, Collection<String> codes) {
        List<String> chosen = e.list(code -> code.known(codes, "policy.yaml.name.entry"));
        return chosen.stream().filter(codes::contains).toList();
    }
}

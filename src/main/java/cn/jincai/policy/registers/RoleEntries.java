package cn.jincai.policy.registers;

import cn.jincai.kernel.Role;
import cn.jincai.policy.Findings;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/** What entries of the register of roles have to be: the product's own hold for ever, by whatever name; any other has the rights of one that works on cases. */
final class RoleEntries {
    private final Registers registers;
    private final String path;
    private final Findings findings;

    RoleEntries(Registers registers, String path, Findings findings) {
        this.registers = registers;
        this.path = path;
        this.findings = findings;
    }

    void check() {
        for (Role own : Role.values()) own(own.code());
        for (Entry entry : registers.of(Registers.ROLES)) {
            if (entry.code().isEmpty()) continue; // told
            if (Role.find(entry.code()).isPresent()) {
                if (entry.rights() != null) wrong(entry, "OWN_RIGHTS", entry.code());
            } else further(entry);
        }
    }

    private void own(String code) {
        List<Entry> of = registers.of(Registers.ROLES, code);
        if (of.isEmpty()) {
            findings.add(path, "", "policy.register.role.OWN_MISSING", code);
            return;
        }
        LocalDate next = null;
        for (Entry entry : of) {
            if (!Objects.equals(entry.from(), next)) wrong(entry, "OWN_HOLDS", code);
            if (entry.until() == null) return; // what overlaps is told
            next = entry.until().plusDays(1);
        }
        wrong(of.get(of.size() - 1), "OWN_HOLDS", code);
    }

    private void further(Entry entry) {
        if (Registers.rights(entry).isEmpty())
            wrong(entry, "RIGHTS", entry.code(), Objects.requireNonNullElse(entry.rights(), ""), Registers.lenders());
        else if (!Objects.equals(
                entry.rights(),
                registers.of(Registers.ROLES, entry.code()).get(0).rights())) wrong(entry, "RIGHTS_KEPT", entry.code());
    }

    private void wrong(Entry entry, String key, Object... values) {
        findings.add(path, "line " + entry.line() + ", " + entry.code(), "policy.register.role." + key, values);
    }
}

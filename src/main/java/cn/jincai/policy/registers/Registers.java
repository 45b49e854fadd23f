package cn.jincai.policy.registers;

import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All registers of one version. {@code sources} and {@code funds} are asked and paid from by their codes, {@code roles} do steps; any other register is a list of codes that facts may take.
 *
 * @param entries by register, in the order of its file
 */
public record Registers(SortedMap<String, List<Entry>> entries) {
    /** The code under which versions of the registers are kept, proposed and published, as those of a scheme are. No scheme may have it. */
    public static final String CODE = "registers";
    /** Where a package keeps the registers that it was read with. */
    public static final String FOLDER = "common/registers/";

    public static final String SOURCES = "sources", FUNDS = "funds", ROLES = "roles", AUDIENCES = "audiences";
    public static final Registers NONE = new Registers(new TreeMap<>());

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    public Set<String> names() {
        return entries.keySet();
    }

    public boolean has(String register) {
        return entries.containsKey(register);
    }

    public List<Entry> of(String register) {
        return entries.getOrDefault(register, List.of());
    }

    /** All entries of a code, the earliest first. */
    public List<Entry> of(String register, String code) {
        return of(register).stream()
                .filter(e -> e.code().equals(code))
                .sorted(Comparator.comparing(e -> e.from() == null ? LocalDate.MIN : e.from()))
                .toList();
    }

    /** Each once, in the order of the file, also those that are over. */
    public Collection<String> codes(String register) {
        return of(register).stream().map(Entry::code).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** In the order of the file. */
    public List<Entry> inForce(LocalDate day, String register) {
        return of(register).stream().filter(e -> e.holdsOn(day)).toList();
    }

    public Optional<Entry> on(LocalDate day, String register, String code) {
        return of(register).stream()
                .filter(e -> e.code().equals(code) && e.holdsOn(day))
                .findFirst();
    }

    /** As it is called on a day, or else was last called; empty where the register does not have it. */
    public Optional<Text> nameOf(LocalDate day, String register, String code) {
        List<Entry> of = of(register, code);
        return on(day, register, code)
                .or(() -> of.isEmpty() ? Optional.empty() : Optional.of(of.get(of.size() - 1)))
                .map(Entry::name);
    }

    /** One code of a register whose entries are others than before, the earliest first. */
    public record Change(String register, String code, List<Entry> before, List<Entry> after) {}

    public List<Change> changesSince(Registers before) {
        List<Change> changes = new ArrayList<>();
        Set<String> both = new TreeSet<>(before.names());
        both.addAll(names());
        for (String register : both) {
            Set<String> codes = new LinkedHashSet<>(before.codes(register));
            codes.addAll(codes(register));
            for (String code : codes) {
                List<Entry> was = before.of(register, code), is = of(register, code);
                if (!was.stream()
                        .map(Entry::wherever)
                        .toList()
                        .equals(is.stream().map(Entry::wherever).toList()))
                    changes.add(new Change(register, code, was, is));
            }
        }
        return changes;
    }

    /** Whether the register has the code and all its entries are over. */
    public boolean isEnded(LocalDate day, String register, String code) {
        List<Entry> of = of(register, code);
        return !of.isEmpty() && of.stream().allMatch(e -> e.isEndedOn(day));
    }

    /** The product's own, and those of the register that are none: on whichever day they hold, by the name that they had last. */
    public SortedSet<Role> roles() {
        SortedSet<Role> roles = new TreeSet<>(List.of(Role.values()));
        for (String code : codes(ROLES)) {
            List<Entry> of = of(ROLES, code);
            Entry last = of.get(of.size() - 1);
            if (Role.find(code).isEmpty())
                rights(last).ifPresent(rights -> roles.add(Role.further(code, rights, last.name())));
        }
        return roles;
    }

    /** One of {@link #roles}. */
    public Optional<Role> role(String code) {
        return roles().stream().filter(role -> role.code().equals(code)).findFirst();
    }

    /** Whether the register has the role, and no day on which it ends. */
    public boolean lasts(Role role) {
        List<Entry> of = of(ROLES, role.code());
        return !of.isEmpty() && of.get(of.size() - 1).until() == null;
    }

    /** Codes of the roles whose rights a further one may have. */
    public static List<String> lenders() {
        return Role.LENDERS.stream().sorted().map(Role::code).toList();
    }

    /** Empty where it has none, or such as no further role may have. */
    static Optional<Role> rights(Entry entry) {
        return Optional.ofNullable(entry.rights()).flatMap(Role::find).filter(Role.LENDERS::contains);
    }

    /** Those that facts may take their codes from. */
    public Set<String> ofValues() {
        Set<String> names = new TreeSet<>(names());
        names.removeAll(Set.of(SOURCES, FUNDS, ROLES, AUDIENCES));
        return names;
    }
}

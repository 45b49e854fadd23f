package cn.jincai.applicant;

import cn.jincai.kernel.Role;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who signs in. {@code name} is given by the office and names nobody, so it may stand in the engine and the record; {@code displayName} may be a
 * person's name and may not.
 *
 * @param personKey    of {@link Persons}, or null where no document is on record
 * @param employerCode credit code of the employer whose clerk this is, or null
 * @param email        or null
 * @param fields       of expertise, empty where none is told
 */
public record Account(
        String name,
        String displayName,
        Set<Role> roles,
        @Nullable String personKey,
        @Nullable String employerCode,
        @Nullable String email,
        List<String> fields,
        boolean locked) {
    public boolean is(Role role) {
        return roles.contains(role);
    }

    /** Of somebody of whom nothing else is on record. */
    public static Account of(String name, String displayName, Role role) {
        return new Account(name, displayName, Set.of(role), null, null, null, List.of(), false);
    }

    public Account with(Set<Role> held, @Nullable String employer) {
        return new Account(name, displayName, held, personKey, employer, email, fields, locked);
    }
}

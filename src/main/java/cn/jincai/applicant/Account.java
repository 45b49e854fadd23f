package cn.jincai.applicant;

import cn.jincai.kernel.Role;
import java.util.List;
import java.util.Set;

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
        String personKey,
        String employerCode,
        String email,
        List<String> fields,
        boolean locked) {
    public boolean is(Role role) {
        return roles.contains(role);
    }

    Account with(Set<Role> held) {
        return new Account(name, displayName, held, personKey, employerCode, email, fields, locked);
    }
}

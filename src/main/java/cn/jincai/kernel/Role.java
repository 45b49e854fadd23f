package cn.jincai.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an account may be: one of the product's own, or a further one of the register of roles, which has the rights of an own one and steps of its own. The code is the
 * engine's candidate group and stands in the diagrams; two roles of one code are the same.
 */
public final class Role implements Comparable<Role> {
    private static final List<Role> OWN = new ArrayList<>();

    public static final Role APPLICANT = own("applicant");
    public static final Role EMPLOYER = own("employer");
    public static final Role INTAKE = own("intake");
    public static final Role REVIEWER = own("reviewer");
    public static final Role SENIOR_REVIEWER = own("senior-reviewer");
    public static final Role LEADER = own("leader");
    public static final Role EXPERT = own("expert");
    public static final Role SUPERVISOR = own("supervisor");
    public static final Role FINANCE = own("finance");
    public static final Role FINANCE_APPROVER = own("finance-approver");
    public static final Role AUDITOR = own("auditor");
    public static final Role POLICY_ADMIN = own("policy-admin");
    public static final Role POLICY_APPROVER = own("policy-approver");
    public static final Role ADMIN = own("admin");

    /**
     * Whose rights a further role may have: those who work on cases. Applicants and clerks are no officers, experts are drawn one by one, there is one who answers for a
     * decision, and whoever administers, audits or makes policy does no step.
     */
    public static final Set<Role> LENDERS =
            Set.of(INTAKE, REVIEWER, SENIOR_REVIEWER, SUPERVISOR, FINANCE, FINANCE_APPROVER);

    private final String code;
    private final @Nullable Role rights;
    private final @Nullable Text name;

    private Role(String code, @Nullable Role rights, @Nullable Text name) {
        this.code = code;
        this.rights = rights;
        this.name = name;
    }

    private static Role own(String code) {
        Role role = new Role(code, null, null);
        OWN.add(role);
        return role;
    }

    /** The product's own, in their order. */
    public static Role[] values() {
        return OWN.toArray(Role[]::new);
    }

    /** One of the product's own. @throws IllegalArgumentException for another code */
    @JsonCreator
    public static Role of(String code) {
        return find(code).orElseThrow(() -> new IllegalArgumentException("no role '" + code + "'"));
    }

    /** One of the product's own. */
    public static Optional<Role> find(String code) {
        return OWN.stream().filter(role -> role.code.equals(code)).findFirst();
    }

    /**
     * One of the register.
     *
     * @param rights an own one, see {@link #LENDERS}
     * @param name   or null where nobody reads it
     * @throws IllegalArgumentException for a code or rights that it may not have
     */
    public static Role further(String code, Role rights, @Nullable Text name) {
        if (find(code).isPresent() || !LENDERS.contains(rights))
            throw new IllegalArgumentException("no further role '" + code + "' with the rights of " + rights);
        return new Role(code, rights, name);
    }

    /** As it stands on record: an own one, or a further one of which nothing but its code is asked. */
    public static Role named(String code) {
        return find(code).orElseGet(() -> new Role(code, null, null));
    }

    @JsonValue
    public String code() {
        return code;
    }

    /** What its holder may see, and which pages he may open: of an own one itself. */
    public Role rights() {
        return rights == null ? this : rights;
    }

    public boolean isOwn() {
        return OWN.contains(this);
    }

    public Text text() {
        if (name != null) return name;
        return isOwn() ? Text.of("kernel.role." + code) : rights == null ? Text.same(code) : rights.text();
    }

    /** The product's own in their order, then the others by code. */
    @Override
    public int compareTo(Role other) {
        return Comparator.<Role>comparingInt(role -> role.isOwn() ? OWN.indexOf(role) : OWN.size())
                .thenComparing(Role::code)
                .compare(this, other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Role role && code.equals(role.code);
    }

    @Override
    public int hashCode() {
        return code.hashCode();
    }

    @Override
    public String toString() {
        return code;
    }
}

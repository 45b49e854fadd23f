package cn.jincai.policy;

import cn.jincai.kernel.Role;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.reading.StepsReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The steps of a package in their order. There is at least one of each kind but {@link Kind#GIVES_OPINION}: the product's own stand behind a package's. */
public final class Steps {
    private static final String PRODUCTS = "/steps/steps.yaml";
    /** Those that the product ships: for packages from before steps were declared, and where no case is at hand. */
    private static final Steps SHARED = products();

    private final Map<String, Step> byKey;

    public Steps(Map<String, Step> byKey) {
        this.byKey = byKey;
    }

    public static Steps shared() {
        return SHARED;
    }

    public Collection<Step> all() {
        return byKey.values();
    }

    public List<Step> all(Kind kind) {
        return byKey.values().stream().filter(step -> step.kind() == kind).toList();
    }

    public Step first(Kind kind) {
        return all(kind).get(0);
    }

    /** Whether it is the first of its kind. */
    public boolean isFirst(Step step) {
        return first(step.kind()).key().equals(step.key());
    }

    public Optional<Step> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** @throws IllegalArgumentException for a key that no step has */
    public Step get(String key) {
        return find(key).orElseThrow(() -> new IllegalArgumentException("no step '" + key + "'"));
    }

    /** Keys of the steps of these kinds. */
    public List<String> keys(Kind... kinds) {
        return byKey.values().stream()
                .filter(step -> step.is(kinds))
                .map(Step::key)
                .toList();
    }

    /** Who has tasks at all, in the order of the roles. */
    public Set<Role> roles() {
        Set<Role> roles = new TreeSet<>();
        byKey.values().stream().map(Step::role).filter(Objects::nonNull).forEach(roles::add);
        return roles;
    }

    /** Those of them who work in Tasklist; an employer's clerk has the portal. */
    public Set<Role> officers() {
        Set<Role> officers = roles();
        officers.remove(Role.EMPLOYER);
        return officers;
    }

    private static Steps products() {
        try (InputStream file = Objects.requireNonNull(Steps.class.getResourceAsStream(PRODUCTS))) {
            Findings findings = new Findings();
            Steps read = StepsReader.products(file.readAllBytes(), findings);
            findings.throwIfAny();
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

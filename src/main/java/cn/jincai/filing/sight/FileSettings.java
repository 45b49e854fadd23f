package cn.jincai.filing.sight;

import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.forms.FieldClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who sees what of a case ({@code jincai.case-files}).
 *
 * @param fields     keys of the forms' fields, by their class; a scheme's own form may name more
 * @param shown      what whoever has a step of this kind sees; a class that is not named is closed
 * @param auditors   the same of those who audit
 * @param partDays   days after a step until its role no longer sees the case
 * @param partKeptBy roles that see it for good
 * @param office     whose officers work on cases, as it is told to a person whose file was looked at
 * @param offices    of single roles that work elsewhere
 */
@ConfigurationProperties("jincai.case-files")
public record FileSettings(
        Map<FieldClass, List<String>> fields,
        Map<Kind, Map<FieldClass, Shown>> shown,
        Map<FieldClass, Shown> auditors,
        int partDays,
        Set<Role> partKeptBy,
        Text office,
        @DefaultValue Map<Role, Text> offices) {
    /** @throws IllegalArgumentException for a step at which officers work and of which nothing is said */
    public FileSettings {
        Stream.of(Kind.values())
                .filter(kind -> kind.isTask() && kind != Kind.ASKS_EMPLOYER && !shown.containsKey(kind))
                .forEach(kind -> {
                    throw new IllegalArgumentException("jincai.case-files.shown says nothing of " + kind.code());
                });
    }

    public Text office(@Nullable Role role) {
        return role == null ? office : offices.getOrDefault(role.rights(), office);
    }
}

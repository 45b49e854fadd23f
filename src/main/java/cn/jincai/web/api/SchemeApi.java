package cn.jincai.web.api;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.forms.Form;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which schemes there are, what they ask and what they give. */
@RestController
class SchemeApi {
    private final Packages packages;
    private final CityClock clock;

    SchemeApi(Packages packages, CityClock clock) {
        this.packages = packages;
        this.clock = clock;
    }

    record SchemeView(
            String code,
            Text name,
            Text about,
            String ruleset,
            List<BenefitView> benefits,
            List<FactView> facts,
            List<DocumentView> documents,
            @Nullable FormView form) {}

    record BenefitView(String code, Text name, String fund, String kind) {}

    record FactView(
            String name,
            String type,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String of,
            Text label,
            String source,
            List<Scheme.Value> values) {}

    record DocumentView(String code, Text name, boolean required, boolean promisable) {}

    record FormView(String id, List<FieldView> fields) {}

    record FieldView(String key, String type, Text label, boolean required, List<Form.Option> values) {}

    @PreAuthorize("permitAll()")
    @GetMapping("/api/schemes")
    List<SchemeView> schemes() {
        return packages.offered().stream().map(this::view).toList();
    }

    private SchemeView view(PolicyPackage policy) {
        Scheme scheme = policy.catalogue();
        Form form = policy.forms().get("forms/application.form");
        return new SchemeView(
                scheme.code(),
                scheme.name(),
                scheme.about(),
                policy.rulesetOn(clock.today()).name(),
                scheme.benefits().stream()
                        .map(b -> new BenefitView(b.code(), b.name(), b.fund(), b.kind()))
                        .toList(),
                scheme.facts().stream()
                        .map(f -> new FactView(
                                f.name(),
                                f.type().name().toLowerCase(Locale.ROOT),
                                f.of(),
                                f.label(),
                                f.source(),
                                f.values()))
                        .toList(),
                scheme.documents().stream()
                        .map(d -> new DocumentView(d.code(), d.name(), d.required(), d.promisable()))
                        .toList(),
                form == null
                        ? null
                        : new FormView(
                                form.id(),
                                form.fields().stream()
                                        .map(f -> new FieldView(f.key(), f.type(), f.label(), f.required(), f.values()))
                                        .toList()));
    }
}

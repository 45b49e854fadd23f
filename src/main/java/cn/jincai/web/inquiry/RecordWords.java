package cn.jincai.web.inquiry;

import cn.jincai.inquiry.Kinds;
import cn.jincai.inquiry.People;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Step;
import cn.jincai.policy.Steps;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** What stands in entries of the record as people say it, never as a code. Templates know it as {@code recordWords}. */
@Component
public class RecordWords {
    private final Kinds kinds;
    private final People people;

    RecordWords(Kinds kinds, People people) {
        this.kinds = kinds;
        this.people = people;
    }

    @Autowired
    void give(ThymeleafViewResolver views) {
        views.addStaticVariable("recordWords", this);
    }

    public Text kind(String kind) {
        return kinds.of(kind);
    }

    /** @return nothing for a step that only one scheme has, whose sentence names it */
    public @Nullable Text stage(@Nullable String stage) {
        return stage == null ? null : Steps.shared().find(stage).map(Step::name).orElse(null);
    }

    public @Nullable Text role(@Nullable String role) {
        if (role == null) return null;
        Role named = Role.named(role);
        return named.isOwn() ? named.text() : Text.of("inquiry.further-role");
    }

    public Text person(String account) {
        return people.of(account);
    }
}

package cn.jincai.web.portal;

import cn.jincai.filing.CaseView;
import cn.jincai.payment.Payments;
import cn.jincai.review.Decisions;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What a page about a whole case shows, whoever reads it: the case, its answers in words, what was decided and paid. */
@Component
class WholeCase {
    private final CaseForms forms;
    private final Decisions decisions;
    private final Payments payments;

    WholeCase(CaseForms forms, Decisions decisions, Payments payments) {
        this.forms = forms;
        this.decisions = decisions;
        this.payments = payments;
    }

    void show(Model model, CaseView file) {
        model.addAttribute("file", file);
        model.addAttribute("scheme", forms.pack(file).catalogue());
        model.addAttribute("page", forms.page(forms.form(file), forms.form(file).parts(), forms.answers(file), List.of(), file));
        model.addAttribute("decision", decisions.of(file.number()).orElse(null));
        model.addAttribute("payments", payments.of(file.number()));
    }
}

package cn.jincai.web.portal;

import cn.jincai.filing.CaseView;
import cn.jincai.filing.Filing;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.forms.Form;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;

/** As one types: all is kept that can be, and the page learns which fields are asked now, which are wrong, which are not saved, and what the answers so far come to. */
@Component
class SavedAsTyped {
    private final Filing filing;
    private final CaseForms forms;
    private final CityClock clock;
    private final ObjectMapper json;

    SavedAsTyped(Filing filing, CaseForms forms, CityClock clock, ObjectMapper json) {
        this.filing = filing;
        this.forms = forms;
        this.clock = clock;
        this.json = json;
    }

    /**
     * @param keepsMistakes a draft keeps nearly all as it was typed; what an office has asked for is changed by what is right alone
     * @return the piece of page that says so
     */
    String save(
            Actor who,
            CaseView file,
            List<Form.Part> parts,
            boolean keepsMistakes,
            MultiValueMap<String, String> texts,
            Model model,
            HttpServletResponse response)
            throws JsonProcessingException {
        Form form = forms.form(file);
        List<Form.Field> fields = Form.fields(parts);
        CaseForms.Typed typed = forms.typed(file, fields, texts);
        List<Mistake> wrong = forms.wrong(form, fields, typed);
        List<Mistake> unkept = keepsMistakes ? CaseForms.unkept(wrong, typed.answers()) : wrong;
        ObjectNode patch = forms.patch(file, fields, typed.answers(), unkept);
        FormPage page = forms.page(form, parts, typed.answers(), wrong, file);
        response.setHeader("HX-Trigger", json.writeValueAsString(Map.of("fields", Map.of("hidden", page.hidden()))));
        try {
            CaseView now = patch.isEmpty() ? file : filing.answer(who, file.number(), patch, file.version());
            if (keepsMistakes) model.addAttribute("estimate", forms.estimate(now));
            List<Form.Field> unsaved = named(fields, unkept);
            model.addAttribute("shown", forms.shown(fields, texts, patch))
                    .addAttribute("unsaved", unsaved)
                    .addAttribute(
                            "wrong",
                            named(fields, wrong).stream()
                                    .filter(f -> !unsaved.contains(f))
                                    .toList())
                    .addAttribute(
                            "remarks",
                            page.remarks().stream()
                                    .filter(m -> fields.stream()
                                            .anyMatch(f -> f.key().equals(m.field())))
                                    .toList())
                    .addAttribute("savedAt", clock.instant());
        } catch (Problem stale) {
            if (stale.kind() != Problem.Kind.STALE) throw stale;
            model.addAttribute("shown", texts.getFirst("shown")).addAttribute("stale", true);
        }
        return "cases/saved :: saved";
    }

    private static List<Form.Field> named(List<Form.Field> fields, List<Mistake> mistakes) {
        return fields.stream()
                .filter(f -> mistakes.stream().anyMatch(m -> m.field().equals(f.key())))
                .toList();
    }
}

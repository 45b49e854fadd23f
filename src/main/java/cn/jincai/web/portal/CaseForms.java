package cn.jincai.web.portal;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseView;
import cn.jincai.filing.Identity;
import cn.jincai.filing.mandates.Mandates;
import cn.jincai.filing.remembered.Known;
import cn.jincai.filing.remembered.NumbersTell;
import cn.jincai.filing.remembered.Origins;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.planning.Told;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormCheck;
import cn.jincai.policy.forms.FormInput;
import cn.jincai.web.portal.filling.Estimate;
import cn.jincai.web.security.SealedAnswers;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;

/** The forms of a case as its applicant fills them in: sections, what is wrong in them, and the change that typed texts make. */
@Component
public class CaseForms {
    /** What a page has shown, as a hidden field of its own. */
    private static final String SHOWN = "shown";
    /** Before a field's key: which of two values its author takes, where another tab or device changed the same field. */
    static final String TAKEN = "take-";

    static final String APPLICATION = "forms/application.form";
    static final String CHANGED_ELSEWHERE = "CHANGED_ELSEWHERE";

    private static final TypeReference<Map<String, Object>> ANSWERS = new TypeReference<>() {};

    private final CaseFile cases;
    private final Identity identity;
    private final Mandates mandates;
    private final Packages packages;
    private final FormCheck check;
    private final Origins origins;
    private final NumbersTell numbers;
    private final SealedAnswers screened;
    private final CityClock clock;
    private final ObjectMapper json;

    CaseForms(
            CaseFile cases,
            Identity identity,
            Mandates mandates,
            Packages packages,
            FormCheck check,
            Origins origins,
            NumbersTell numbers,
            SealedAnswers screened,
            CityClock clock,
            ObjectMapper json) {
        this.origins = origins;
        this.numbers = numbers;
        this.screened = screened;
        this.cases = cases;
        this.identity = identity;
        this.mandates = mandates;
        this.packages = packages;
        this.check = check;
        this.clock = clock;
        this.json = json;
    }

    /** @param state {@code empty}, {@code gaps}, {@code wrong} or {@code done} */
    public record SectionState(Form.Group section, String state) {}

    /** A document that the scheme asks for, with the files that were uploaded for it. */
    public record DocumentState(
            Scheme.Document paper,
            boolean needed,
            List<CaseView.Document> files,
            @Nullable Text asked) {}

    /** One's own case; another's does not exist. */
    public CaseView own(Actor who, CaseNumber number) {
        if (!cases.isOwn(who, number)) throw Problem.notFound();
        return cases.show(who, number);
    }

    public CaseView draft(Actor who, CaseNumber number) {
        CaseView file = own(who, number);
        if (!file.step().is(Kind.DRAFT)) throw new AlreadySent(number);
        return file;
    }

    /** A draft to go on with; who must first be told that its form has changed is sent there. */
    CaseView current(Actor who, CaseNumber number) {
        CaseView file = draft(who, number);
        if (change(file).isPresent()) throw new FormChanged(number);
        return file;
    }

    /** How the form in force differs, for these answers, from the one with which the draft was begun; empty where nobody would notice. */
    Optional<FormChange> change(CaseView file) {
        PolicyPackage before = pack(file), now = packages.inForce(file.scheme());
        if (before.hash().equals(now.hash())) return Optional.empty();
        FormChange change = FormChange.between(before, now, answers(file), check);
        return change.isEmpty() ? Optional.empty() : Optional.of(change);
    }

    /** @throws Problem NOT_FOUND for a scheme that is not applied for here */
    static Form application(PolicyPackage pack) {
        return Optional.ofNullable(pack.forms().get(APPLICATION)).orElseThrow(Problem::notFound);
    }

    /** What is known of an applicant before he begins, in the form's words. */
    KnownAnswers known(Form form, List<Known> known, boolean own) {
        return KnownAnswers.of(form, known, own, json, clock.today());
    }

    /** What was told to the screener and the application asks as well; neither what is wrong nor what these answers hide. */
    Map<String, Object> told(String scheme, HttpServletRequest request) {
        Form form = application(packages.inForce(scheme));
        Told said = screened.in(request);
        Map<String, Object> told = new LinkedHashMap<>();
        for (Form.Field field : form.fields()) {
            Object answer = said.answer(field.key());
            if (answer != null) told.put(field.key(), answer);
        }
        check.checkDraft(form, told).forEach(m -> told.remove(m.field()));
        return form.clean(told);
    }

    public PolicyPackage pack(CaseView file) {
        return packages.byHash(cases.get(file.number()).packageHash());
    }

    public Form form(CaseView file) {
        return application(pack(file));
    }

    /** What every page about a case shows: the case, and the scheme as its package has it. */
    public Model show(Model model, CaseView file) {
        return model.addAttribute("file", file)
                .addAttribute("scheme", pack(file).catalogue());
    }

    public Form.Group section(CaseView file, String id) {
        return form(file).sections().stream()
                .filter(g -> g.id().equals(id))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    public Map<String, Object> answers(CaseView file) {
        try {
            return json.readerFor(ANSWERS)
                    .with(DeserializationFeature.USE_LONG_FOR_INTS)
                    .readValue(file.answers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<SectionState> sections(CaseView file) {
        Form form = form(file);
        Map<String, Object> answers = answers(file);
        List<Mistake> mistakes = check.check(form, answers);
        return form.sections().stream()
                .map(g -> new SectionState(g, state(Form.fields(g.parts()), answers, mistakes)))
                .toList();
    }

    private static String state(List<Form.Field> fields, Map<String, Object> answers, List<Mistake> mistakes) {
        List<Mistake> here = mistakes.stream()
                .filter(m -> fields.stream().anyMatch(f -> f.key().equals(m.field())))
                .toList();
        if (fields.stream().noneMatch(f -> answers.containsKey(f.key()))) return "empty";
        if (here.stream().anyMatch(m -> !m.code().equals("REQUIRED"))) return "wrong";
        return here.isEmpty() ? "done" : "gaps";
    }

    public List<DocumentState> papers(CaseView file) {
        Map<String, Object> answers = answers(file);
        List<DocumentState> papers = new ArrayList<>(pack(file).catalogue().documents().stream()
                .map(d -> paper(
                        file,
                        d,
                        d.isNeeded(answers),
                        file.asked().stream()
                                .filter(a -> a.item().equals(d.code()))
                                .map(a -> a.reason())
                                .findFirst()
                                .orElse(null)))
                .toList());
        if (mandates.of(file.number()).filter(Mandates.Mandate::open).isPresent())
            papers.add(paper(file, Mandates.PAPER, true, null));
        if (goesWith(file).contains(Identity.PAPER.code())) papers.add(paper(file, Identity.PAPER, true, Identity.WHY));
        return papers;
    }

    private static DocumentState paper(CaseView file, Scheme.Document paper, boolean needed, @Nullable Text asked) {
        return new DocumentState(
                paper,
                needed,
                file.documents().stream()
                        .filter(f -> paper.code().equals(f.need()))
                        .toList(),
                asked);
    }

    /** What may be changed beside what was asked. */
    Set<String> goesWith(CaseView file) {
        return identity.goesWith(cases.get(file.number()));
    }

    /**
     * The answers with what was changed on a page laid over them.
     *
     * @param disputed what was changed here and elsewhere as well, since the page was drawn; it is not saved before its author has seen both
     */
    record Typed(Map<String, Object> answers, List<Mistake> disputed) {}

    /** A page that has been open for a while changes what was changed on it, and leaves alone what another tab has changed meanwhile, or what its author took from there. */
    Typed typed(CaseView file, List<Form.Field> onPage, MultiValueMap<String, String> texts) {
        Map<String, Object> answers = answers(file),
                shown = read(texts.getFirst(SHOWN)),
                typed = FormInput.read(onPage, texts);
        List<Mistake> disputed = new ArrayList<>();
        for (Form.Field field : onPage) {
            String key = field.key();
            List<String> here = FormInput.typed(field, typed.get(key)),
                    before = FormInput.typed(field, shown.get(key)),
                    now = FormInput.typed(field, answers.get(key));
            boolean elsewhere = !now.equals(before);
            if (elsewhere ? here.equals(before) || here.equals(now) : "there".equals(texts.getFirst(TAKEN + key)))
                continue;
            if (elsewhere)
                disputed.add(new Mistake(key, CHANGED_ELSEWHERE, FormPage.changedElsewhere(field, answers.get(key))));
            if (typed.get(key) == null) answers.remove(key);
            else answers.put(key, typed.get(key));
        }
        return new Typed(answers, disputed);
    }

    /** What a page shows of its fields, for the page itself: it comes back with what is typed there. */
    String shown(CaseView file, List<Form.Field> onPage) {
        return write(answers(file), onPage);
    }

    /** The same after a part was saved as one types: the page still shows what it showed of the rest. */
    String shown(List<Form.Field> onPage, MultiValueMap<String, String> texts, ObjectNode saved) {
        Map<String, Object> shown = read(texts.getFirst(SHOWN));
        shown.putAll(json.convertValue(saved, ANSWERS));
        return write(shown, onPage);
    }

    private String write(Map<String, Object> answers, List<Form.Field> onPage) {
        Map<String, Object> some = new LinkedHashMap<>();
        onPage.forEach(f -> {
            if (answers.get(f.key()) != null) some.put(f.key(), answers.get(f.key()));
        });
        return json.valueToTree(some).toString();
    }

    /** What a page has shown; nothing where it does not tell, so that it overwrites nothing. */
    private Map<String, Object> read(@Nullable String shown) {
        if (shown == null) return new HashMap<>();
        try {
            return json.readerFor(ANSWERS)
                    .with(DeserializationFeature.USE_LONG_FOR_INTS)
                    .readValue(shown);
        } catch (JsonProcessingException forged) {
            return new HashMap<>();
        }
    }

    /** What is wrong in what was typed here; gaps are for the check at the end. */
    List<Mistake> wrong(Form form, List<Form.Field> onPage, Typed typed) {
        return mistakes(onPage, typed, check.checkDraft(form, typed.answers));
    }

    List<Mistake> missingOrWrong(Form form, List<Form.Field> onPage, Typed typed) {
        return mistakes(onPage, typed, check.check(form, typed.answers));
    }

    private static List<Mistake> mistakes(List<Form.Field> onPage, Typed typed, List<Mistake> wrong) {
        List<Mistake> mistakes = new ArrayList<>(wrong.stream()
                .filter(m -> onPage.stream().anyMatch(f -> f.key().equals(m.field())))
                .toList());
        typed.disputed.stream()
                .filter(d -> wrong.stream().noneMatch(m -> m.field().equals(d.field())))
                .forEach(mistakes::add);
        return mistakes;
    }

    /** What is wrong in what a draft holds, as somebody has left it there. */
    List<Mistake> leftWrong(Form form, List<Form.Field> onPage, Map<String, Object> answers) {
        return wrong(form, onPage, new Typed(answers, List.of()));
    }

    /** Of what is wrong, that which a draft can't keep as it was typed: what is not decided between two devices, and signs that nobody could have meant. */
    static List<Mistake> unkept(List<Mistake> wrong, Map<String, Object> answers) {
        return wrong.stream()
                .filter(m -> m.code().equals(CHANGED_ELSEWHERE)
                        || m.code().equals("BAD_CHARACTER")
                        || answers.get(m.field()) instanceof Number n && Math.abs(n.doubleValue()) > Scheme.LARGEST)
                .toList();
    }

    /** What the answers of a case so far come to; null for whom its assessment is not. */
    @Nullable
    Estimate estimate(CaseView file) {
        return file.assessment() == null ? null : Estimate.of(pack(file).catalogue(), form(file), file.assessment());
    }

    /** A merge patch of what differs, without what is wrong; empty where nothing is to be saved. */
    ObjectNode patch(CaseView file, List<Form.Field> onPage, Map<String, Object> answers, List<Mistake> wrong) {
        Map<String, Object> before = answers(file);
        Map<String, Object> patch = new LinkedHashMap<>();
        for (Form.Field field : onPage) {
            Object now = answers.get(field.key());
            boolean right = wrong.stream().noneMatch(m -> m.field().equals(field.key()));
            if (right && !field.disabled() && !Objects.equals(now, before.get(field.key())))
                patch.put(field.key(), now);
        }
        return json.valueToTree(patch);
    }

    /** The whole form as it was answered. */
    public FormPage page(CaseView file) {
        return page(form(file), form(file).parts(), answers(file), List.of(), file);
    }

    public FormPage page(
            Form form, List<Form.Part> parts, Map<String, Object> answers, List<Mistake> mistakes, CaseView file) {
        Map<String, Text> asked = new HashMap<>();
        file.asked()
                .forEach(a -> asked.merge(
                        a.item(),
                        a.reason(),
                        (one, other) -> new Text(one.zh() + " " + other.zh(), one.en() + " " + other.en())));
        return new FormPage(
                form,
                parts,
                answers,
                mistakes,
                check.remarks(form, answers),
                asked,
                clock.today(),
                true,
                origins.of(file.number()),
                told(form, answers, file));
    }

    /** What is shown and not asked in a draft: what the account says of its person, and what a number tells, unless something else was answered. */
    private Set<String> told(Form form, Map<String, Object> answers, CaseView file) {
        if (!file.step().is(Kind.DRAFT)) return Set.of();
        Set<String> told = new HashSet<>();
        numbers.told(form, answers).forEach((key, value) -> {
            if (form.field(key).filter(Form.Field::isDate).isPresent() && value.equals(answers.get(key))) told.add(key);
        });
        Case own = cases.get(file.number());
        form.fields().stream()
                .map(Form.Field::key)
                .filter(key -> answers.get(key) != null && identity.isTheAccounts(own, key))
                .forEach(told::add);
        return told;
    }

    /** Says that the form has changed, to a page that would go on with the old one. */
    static class FormChanged extends RuntimeException {
        final CaseNumber number;

        FormChanged(CaseNumber number) {
            this.number = number;
        }
    }

    /** Says where the case went, to a page that still shows it as a draft. */
    static class AlreadySent extends RuntimeException {
        final CaseNumber number;

        AlreadySent(CaseNumber number) {
            this.number = number;
        }
    }
}

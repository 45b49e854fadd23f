package cn.jincai.web.admin;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.web.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;

/** What was wrong in a form that comes back, told once at its top and again at each field. */
public record Mistakes(List<Mistake> all) {
    static final Mistakes NONE = new Mistakes(List.of());

    /** Of a form that is shown once more, see {@link Refusal#inForm}. */
    static Mistakes inForm(Problem problem, HttpServletResponse response) {
        return new Mistakes(Refusal.inForm(problem, response));
    }

    /** The same, where a step that came too late is told in the form as well. */
    static Mistakes inFormOrTooLate(Problem problem, HttpServletResponse response) {
        if (problem.kind() != Problem.Kind.CONFLICT) return inForm(problem, response);
        response.setStatus(HttpStatus.CONFLICT.value());
        return of(problem);
    }

    /** Does what a form asks for; none where it is done. Else the form is shown once more, as by {@link #inForm}. */
    static Mistakes of(HttpServletResponse response, Runnable step) {
        try {
            step.run();
            return NONE;
        } catch (Problem problem) {
            return inForm(problem, response);
        }
    }

    /** Of a problem that names no field, the sentence itself. */
    static Mistakes of(Problem problem) {
        return new Mistakes(
                problem.mistakes().isEmpty()
                        ? List.of(new Mistake("", problem.code(), problem.text()))
                        : problem.mistakes());
    }

    /** All of them at one field, where what was wrong stands inside a text. */
    Mistakes allAt(String field) {
        return new Mistakes(
                all.stream().map(m -> new Mistake(field, m.code(), m.message())).toList());
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    public boolean has(String field) {
        return all.stream().anyMatch(m -> m.field().equals(field));
    }

    public String at(String field) {
        return String.join(
                " ",
                all.stream()
                        .filter(m -> m.field().equals(field))
                        .map(m -> m.message().in(LocaleContextHolder.getLocale()))
                        .toList());
    }
}

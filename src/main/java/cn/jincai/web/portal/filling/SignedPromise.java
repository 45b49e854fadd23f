package cn.jincai.web.portal.filling;

import cn.jincai.applicant.PersonName;
import cn.jincai.kernel.Problem.Mistake;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** 告知承诺 on a page: whoever promises instead of handing in has read what he promises, and types his name under it. */
public final class SignedPromise {
    /** The field in which the name is typed. */
    public static final String NAME = "promiseName";

    private SignedPromise() {}

    /**
     * @param answers  of the case, which say whose name it is: the person's, or the employer's where it applies itself
     * @param promises codes of what is promised; where there are none nothing is signed
     */
    public static List<Mistake> mistakes(Map<String, Object> answers, List<String> promises, String typed) {
        String name = Objects.toString(answers.get("name"), Objects.toString(answers.get("employerName"), ""));
        if (promises.isEmpty() || name.isBlank()) return List.of();
        if (typed.isBlank()) return List.of(Mistake.of(NAME, "web.promise.NAME_MISSING"));
        return PersonName.same(name, typed)
                ? List.of()
                : List.of(Mistake.of(NAME, "web.promise.NAME_DIFFERS", typed.strip()));
    }
}

package cn.jincai.filing;

import cn.jincai.policy.Step;
import cn.jincai.policy.Steps;
import java.util.function.Function;

/**
 * Where a case stands: at a step of its package.
 *
 * @param code the step's key, which the API shows
 * @param read the steps of a package by its hash: it is read once somebody asks for more than the code
 */
public record Stage(String code, String packageHash, Function<String, Steps> read) {
    static final String DRAFT = "draft", CLOSED = "closed";

    public Steps steps() {
        return read.apply(packageHash);
    }

    public Step step() {
        return steps().get(code);
    }

    public boolean is(Step.Kind... kinds) {
        return step().is(kinds);
    }
}

package cn.jincai.web.security.issuer;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import org.springframework.security.core.AuthenticationException;

/** A sign-in that failed for a reason of ours, which is told. */
class RefusedWithWords extends AuthenticationException {
    private final Problem problem;

    RefusedWithWords(Problem problem) {
        super(problem.code());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }

    Text text() {
        return problem.mistakes().isEmpty()
                ? problem.text()
                : problem.mistakes().get(0).message();
    }
}

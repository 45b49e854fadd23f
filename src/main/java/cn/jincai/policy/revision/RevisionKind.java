package cn.jincai.policy.revision;

import cn.jincai.kernel.Text;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A matter that comes after a decision 后续事项. Each has a diagram and a numbered document of its own. */
public enum RevisionKind {
    /** 更正: what the document of the decision says is put right; what was decided stays. */
    CORRECTION("correction"),
    /** 撤销: what was granted counts as never granted, after the person was heard. */
    REVOCATION("revocation"),
    /** 年度复核: whether what was granted for years still holds; it begins by itself. */
    RECHECK("recheck"),
    /** 复议、诉讼结果的执行: what a reconsideration or a court decided is done. */
    REVIEW_OUTCOME("review-outcome");

    private final String code;

    RevisionKind(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    public Text text() {
        return Text.of("policy.revision.kind." + code);
    }

    /** Its diagram's path within a package. */
    public String diagram() {
        return "common/" + code + ".bpmn";
    }

    public static List<String> codes() {
        return Stream.of(values()).map(RevisionKind::code).toList();
    }

    public static Optional<RevisionKind> find(String code) {
        return Stream.of(values()).filter(kind -> kind.code.equals(code)).findFirst();
    }
}

package cn.jincai.review;

import cn.jincai.kernel.Text;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** How a decision reached the person otherwise than on the portal 送达方式 (民事诉讼法 88-91). */
public enum ServiceMethod {
    HANDED_OVER("handed-over"),
    LEFT("left"),
    POST("post");

    private final String code;

    ServiceMethod(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }

    public Text text() {
        return Text.of("review.service." + code);
    }

    static Optional<ServiceMethod> of(String code) {
        return Arrays.stream(values()).filter(m -> m.code.equals(code)).findFirst();
    }
}

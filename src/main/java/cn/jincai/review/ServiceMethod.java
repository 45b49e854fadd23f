package cn.jincai.review;

import cn.jincai.kernel.Text;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** How a decision reached the person otherwise than on the portal 送达方式 (民事诉讼法 88-91). */
public enum ServiceMethod {
    HANDED_OVER("handed-over", "直接送达", "handed over"),
    LEFT("left", "留置送达", "left at the address"),
    POST("post", "邮寄送达", "by post");

    private final String code;
    private final Text text;

    ServiceMethod(String code, String zh, String en) {
        this.code = code;
        this.text = new Text(zh, en);
    }

    @JsonValue
    public String code() {
        return code;
    }

    public Text text() {
        return text;
    }

    static Optional<ServiceMethod> of(String code) {
        return Arrays.stream(values()).filter(m -> m.code.equals(code)).findFirst();
    }
}

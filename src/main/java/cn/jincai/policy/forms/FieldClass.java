package cn.jincai.policy.forms;

import cn.jincai.kernel.Text;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What of a case is not for everyone who works on it (个人信息保护法 6: no more than the purpose needs). A form says it of a field of its own by the property
 * {@code fieldClass}.
 */
public enum FieldClass {
    IDENTITY("identity"),
    CONTACT("contact"),
    ACCOUNT("account"),
    /** What was handed in, as a whole; no field is of it. */
    PAPERS("papers");

    private final String code;

    FieldClass(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }

    public Text text() {
        return Text.of("policy.fieldClass." + code);
    }

    /** Of fields. */
    public static Optional<FieldClass> find(String code) {
        return Stream.of(IDENTITY, CONTACT, ACCOUNT)
                .filter(c -> c.code.equals(code))
                .findFirst();
    }
}

package cn.jincai.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who can be reached, said while it can still be mended. */
@Tag("issue-15.15")
class ContactTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "name@example.cn",
                "first.last+tag@mail.example.com",
                "o'brien@example.ie",
                "ｎａｍｅ＠ｅｘａｍｐｌｅ．ｃｎ",
                " name@example.cn ",
                "name@晋江.中国",
                "name@bücher.example",
                "name@xn--fiqs8s.xn--fiqs8s"
            })
    void mailReaches(String address) {
        assertThat(Contact.isEmail(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name",
                "name@",
                "@example.cn",
                "name@example",
                "name@example..cn",
                "name@-example.cn",
                "name.@example.cn",
                ".name@example.cn",
                "na..me@example.cn",
                "name@example.cn,other@example.cn",
                "name@example.123",
                "name@[127.0.0.1]",
                "张三@example.cn",
                "a@b@example.cn",
                "name@exam_ple.cn",
                "Name <name@example.cn>",
                "a123456789012345678901234567890123456789012345678901234567890123456789@example.cn"
            })
    void mailReachesNobody(String address) {
        assertThat(Contact.isEmail(address)).isFalse();
    }

    @Test
    void anAddressHasOneSpelling() {
        assertThat(Contact.email(" Name＠EXAMPLE.cn ")).isEqualTo("Name@example.cn");
        assertThat(Contact.email("name@晋江.中国")).isEqualTo("name@xn--tjv48k.xn--fiqs8s");
        assertThat(Contact.email("no address")).isEqualTo("noaddress");
    }

    @Test
    void aPhoneHasOneSpelling() {
        assertThat(Contact.phone("１３８ 0013-8000")).isEqualTo("13800138000");
        assertThat(Contact.subscriber("+86 138 0013 8000")).isEqualTo("13800138000");
        assertThat(Contact.isPhone("+852 9123 4567")).isTrue();
        assertThat(Contact.isPhone("12345")).isFalse();
    }
}

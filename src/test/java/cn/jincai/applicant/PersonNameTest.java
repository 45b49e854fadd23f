package cn.jincai.applicant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("issue-13.10")
class PersonNameTest {
    @ParameterizedTest
    @CsvSource({
        "谢国栋,謝國棟",
        "O’Brien,O'BRIEN",
        "José García,JOSE GARCIA",
        "ＭＡＲＩＡ　ＳＡＮＴＯＳ,Maria Santos",
        "MARIA SANTOS,'SANTOS, MARIA'",
        "Jean-Pierre Roux,JEAN PIERRE ROUX",
        "阿依古丽·买买提,阿依古丽•買買提",
        "欧阳 国栋,歐陽國棟",
        "张𠮷芳,張𠮷芳",
        "JOHN SMITH,JOHNSMITH"
    })
    void spellingsOfOneNameAreOne(String name, String holder) {
        assertThat(PersonName.same(name, holder)).isTrue();
        assertThat(PersonName.same(holder, name)).isTrue();
        if (!holder.equals("JOHNSMITH")) // the words of a name are known by the blanks between
        assertThat(PersonName.folded(name)).isEqualTo(PersonName.folded(holder));
    }

    @ParameterizedTest
    @CsvSource({"张芳,张丽芳", "谢国栋,谢国梁", "MARIA SANTOS,MARIO SANTOS", "张三,李四", "张芳,芳张", "张𠮷芳,张吉芳"})
    void othersStayOthers(String name, String holder) {
        assertThat(PersonName.same(name, holder)).isFalse();
        assertThat(PersonName.folded(name)).isNotEqualTo(PersonName.folded(holder));
    }
}

package cn.jincai.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A compatriot from Taiwan reads the portal in the characters that he writes. */
class TraditionalChineseTest {
    @ParameterizedTest
    @CsvSource({
        "正在复核，您不用做什么, 正在覆核，您不用做什麼",
        "请补正材料：学历证书复印件, 請補正材料：學歷證書複印件",
        "申请行政复议, 申請行政復議",
        "一并发放后的余额, 一併發放後的餘額",
        "公布名单里的人，有关表格, 公布名單裡的人，有關表格",
        "台湾同胞、干部、博士后, 台灣同胞、幹部、博士後",
        "已經是繁體, 已經是繁體",
        "No Chinese at all, No Chinese at all",
    })
    void aSentenceOfTheOffice(String simplified, String traditional) {
        assertThat(TraditionalChinese.of(simplified, List.of())).isEqualTo(traditional);
    }

    @Test
    void namesStayAsTheirBearersWriteThem() {
        Text told = Text.of("filing.roster.told", "后复里云有限公司", Text.same("范发"));
        assertThat(told.in(TraditionalChinese.LOCALE)).startsWith("后复里云有限公司申報").contains("“范发”");
        assertThat(told.in(Locale.CHINA)).isEqualTo(told.zh());
        assertThat(Text.same("余几只").in(TraditionalChinese.LOCALE)).isEqualTo("余几只");
    }

    @Test
    void sumsAndDaysAreNoNames() {
        assertThat(Text.of("web.sum", "50,000").in(TraditionalChinese.LOCALE)).isEqualTo("50,000 元");
        assertThat(Text.of(LocalDate.of(2026, 3, 2)).in(TraditionalChinese.LOCALE))
                .isEqualTo("2026年3月2日");
    }

    @Test
    void whatIsTypedInTraditionalCharactersIsFoundInSimplifiedText() {
        assertThat(TraditionalChinese.simplified("博士後補貼")).isEqualTo("博士后补贴");
    }

    @Test
    void aStoredSentenceIsTheOneThatWasMade() {
        Text told = Text.of("filing.roster.told", "甲公司", Text.same("乙"));
        assertThat(new Text(told.zh(), told.en())).isEqualTo(told).hasSameHashCodeAs(told);
    }
}

package cn.jincai.applicant;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.Problem.Mistake;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11010519491231002X",
                "11010519491231002x",
                " 11010519491231002X ",
                "110105 19491231 002Ｘ",
                "１１０１０５19491231002X\u200B",
                "110228199003070017",
                "440524188001010014"
            })
    void anIdentityNumberOfTheStandardIsRight(String number) {
        assertThat(ResidentId.check("documentNumber", "RESIDENT_ID", number, TODAY))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "110105194912310021,RESIDENT_ID_CHECK",
        "11010519491231002,RESIDENT_ID_FORM",
        "1101051949123100２1,RESIDENT_ID_CHECK",
        "000000199003070014,RESIDENT_ID_REGION",
        "990000199003070013,RESIDENT_ID_REGION",
        ",RESIDENT_ID_FORM"
    })
    void aWrongOneIsToldByItsMistake(String number, String code) {
        assertThat(ResidentId.check("documentNumber", "RESIDENT_ID", number, TODAY))
                .map(Mistake::code)
                .contains(code);
    }

    @Test
    void aBirthDateThatDoesNotExistOrIsYetToComeIsRefusedThoughTheCheckCharacterFits() {
        assertThat(ResidentId.check("n", "RESIDENT_ID", withCheck("35058219910230001"), TODAY))
                .map(Mistake::code)
                .contains("RESIDENT_ID_DATE");
        assertThat(ResidentId.check("n", "RESIDENT_ID", withCheck("35058220260303001"), TODAY))
                .map(Mistake::code)
                .contains("RESIDENT_ID_FUTURE");
        assertThat(ResidentId.check("n", "RESIDENT_ID", withCheck("35058220260302001"), TODAY))
                .isEmpty();
    }

    @Test
    @Tag("issue-13.19")
    void aNumberOf15DigitsIsTheOneOf18WithoutCenturyAndCheck() {
        assertThat(ResidentId.whole("350582800101001")).isEqualTo("350582198001010015");
        assertThat(ResidentId.whole("350582801301001")).as("no such day").isEqualTo("350582801301001");
        assertThat(ResidentId.whole("k1234567")).isEqualTo("K1234567");
    }

    @Test
    void everySingleWrongDigitIsNoticed() {
        String right = withCheck("35058219900307123");
        for (int at = 0; at < 18; at++)
            for (char c = '0'; c <= '9'; c++) {
                String other = right.substring(0, at) + c + right.substring(at + 1);
                assertThat(ResidentId.check("n", "RESIDENT_ID", other, TODAY).isEmpty())
                        .as(other)
                        .isEqualTo(other.equals(right));
            }
    }

    @Test
    void theBirthDateStandsInTheNumber() {
        assertThat(ResidentId.birthDate("11010519491231002X")).contains(LocalDate.of(1949, 12, 31));
        assertThat(ResidentId.birthDate("K1234567")).isEqualTo(Optional.empty());
    }

    @Test
    void aMistakeNeverRepeatsTheNumber() {
        Mistake mistake = ResidentId.check("documentNumber", "RESIDENT_ID", "110105194912310021", TODAY)
                .orElseThrow();
        assertThat(mistake.message().zh() + mistake.message().en()).doesNotContain("110105");
    }

    @Test
    void creditCodesOfTheRulebook() {
        assertThat(CreditCode.check("employerCode", "91350100M000100Y43")).isEmpty();
        assertThat(CreditCode.check("employerCode", "91350100m000100y43")).isEmpty();
        assertThat(CreditCode.check("employerCode", "９１３５0100-M000100Y43\u200B"))
                .isEmpty();
        assertThat(CreditCode.check("employerCode", "91350100M000100Y4Z"))
                .map(Mistake::code)
                .contains("CREDIT_CODE_FORM");
        assertThat(CreditCode.check("employerCode", "91350100M000100Y44"))
                .map(Mistake::code)
                .contains("CREDIT_CODE_CHECK");
        assertThat(CreditCode.check("employerCode", "91350582MA2XY0014Y")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"张芳,张*", "张丽芳,张*芳", "张𠮷芳,张*芳", "𠮷𠮷,𠮷*", "欧阳丽华,欧**华", "李,*", "John Smith,J********h"})
    void namesAreMaskedByCharacterAlsoBeyondTheBasicPlane(String name, String masked) {
        assertThat(Persons.mask(name)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({"11010519491231002X,110*************2X", "13800138000,138******00", "K1234567,******67", "1234,****"})
    void numbersAreMaskedToWhatTheirOwnerRecognises(String number, String masked) {
        assertThat(Persons.maskNumber(number)).isEqualTo(masked);
    }

    private static String withCheck(String seventeen) {
        return seventeen + ResidentId.checkCharacter(seventeen);
    }
}

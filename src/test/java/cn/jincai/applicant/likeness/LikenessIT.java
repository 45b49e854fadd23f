package cn.jincai.applicant.likeness;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.PersonSeals;
import cn.jincai.applicant.Persons;
import cn.jincai.applicant.ResidentId;
import cn.jincai.kernel.DueWork;
import cn.jincai.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two hundred pairs of documents, of one person and of two, as they come to a counter: which of them somebody is asked to look at (rulebook 7.10, decision 139). */
@CaseTest
@Tag("issue-15.11")
class LikenessIT {
    private static final long SEED = 20261130;

    @Autowired
    Persons persons;

    @Autowired
    Likenesses likenesses;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Vault vault;

    @Autowired
    @Qualifier("cn.jincai.filing.OlderPersons")
    DueWork older;

    private final Random random = new Random(SEED);

    private record Paper(
            String type,
            String number,
            String name,
            LocalDate born,
            String phone,
            String account,
            List<String> certificates) {
        Paper named(String other) {
            return new Paper(type, number, other, born, phone, account, certificates);
        }

        Paper reachedAt(String otherPhone, String otherAccount) {
            return new Paper(type, number, name, born, otherPhone, otherAccount, certificates);
        }

        Paper on(String otherType, String otherNumber) {
            return new Paper(otherType, otherNumber, name, born, phone, account, certificates);
        }

        Paper bornOn(LocalDate other) {
            return new Paper(type, number, name, other, phone, account, certificates);
        }

        Paper certified(String certificate) {
            return new Paper(type, number, name, born, phone, account, List.of(certificate));
        }
    }

    private record Pair(Paper one, Paper other) {}

    private record Kind(String what, boolean same, int pairs, Supplier<Pair> of) {}

    @Test
    void ofTwoHundredPairsNearlyAllOfOnePersonAndFewOfTwoAreShownAndNoneIsJoined() throws IOException {
        int truly = 0, shownTruly = 0, shown = 0, all = 0;
        List<String> report = new ArrayList<>(List.of("Pairs of documents, seed " + SEED, ""));
        for (Kind kind : kinds()) {
            int found = 0;
            for (int i = 0; i < kind.pairs; i++) found += isShown(kind.of.get()) ? 1 : 0;
            all += kind.pairs;
            shown += found;
            if (kind.same) {
                truly += kind.pairs;
                shownTruly += found;
            }
            report.add("%-10s %3d of %3d shown: %s"
                    .formatted(kind.same ? "one person" : "two", found, kind.pairs, kind.what));
        }
        double precision = (double) shownTruly / shown, recall = (double) shownTruly / truly;
        report.add("");
        report.add("precision %.3f, recall %.3f".formatted(precision, recall));
        Files.write(Path.of("target", "persons-alike.txt"), report);
        String told = String.join("\n", report);
        assertThat(all).isEqualTo(200);
        assertThat(precision).as(told).isGreaterThanOrEqualTo(0.9);
        assertThat(recall).as(told).isGreaterThanOrEqualTo(0.94);
    }

    private List<Kind> kinds() {
        return List.of(
                new Kind("renewed passport", true, 20, () -> pair(latin(), p -> p.on("PASSPORT", passport()))),
                new Kind(
                        "renewed passport, new phone",
                        true,
                        15,
                        () -> pair(latin(), p -> p.on("PASSPORT", passport()).reachedAt(phone(), p.account))),
                new Kind(
                        "passport in letters beside a permit in characters",
                        true,
                        15,
                        () -> pair(
                                latin().named("CHEN, SIYUAN"),
                                p -> p.on("TW_PERMIT", digits(8)).named("陳思源"))),
                new Kind(
                        "traditional beside simplified characters, new phone",
                        true,
                        10,
                        () -> pair(
                                latin().named("谢国栋").on("HK_MO_TW_RESIDENCE_PERMIT", permit()),
                                p -> p.on("HK_MO_PERMIT", "H" + digits(8))
                                        .named("謝國棟")
                                        .reachedAt(phone(), p.account))),
                new Kind(
                        "card of permanent residence of 15 characters and of 18",
                        true,
                        15,
                        () -> pair(
                                latin().on("PERMANENT_RESIDENCE", "FRA" + digits(12)),
                                p -> p.on("PERMANENT_RESIDENCE", foreigner(p.born))
                                        .named("santos maria"))),
                new Kind(
                        "another name after marriage, phone and account the same",
                        true,
                        10,
                        () -> pair(latin(), p -> p.on("PASSPORT", passport()).named("MARIA LINDQVIST"))),
                new Kind("Cantonese in letters, with the same certificate", true, 5, () -> {
                    String certificate = "S00" + digits(12);
                    return pair(
                            latin().named("陳大文").certified(certificate),
                            p -> p.on("PASSPORT", passport())
                                    .named("CHAN TAI MAN")
                                    .reachedAt(phone(), account()));
                }),
                new Kind(
                        "accents, dots and apostrophes",
                        true,
                        5,
                        () -> pair(
                                latin().named("José O’Neill·Álvarez"),
                                p -> p.on("PASSPORT", passport()).named("ALVAREZ JOSE ONEILL"))),
                new Kind(
                        "phone and account both new",
                        true,
                        5,
                        () -> pair(latin(), p -> p.on("PASSPORT", passport()).reachedAt(phone(), account()))),
                new Kind(
                        "namesakes born on one day",
                        false,
                        25,
                        () -> pair(latin(), p -> p.on("PASSPORT", passport()).reachedAt(phone(), account()))),
                new Kind(
                        "twins with one phone",
                        false,
                        20,
                        () -> pair(
                                latin(),
                                p -> p.on("PASSPORT", passport())
                                        .named("ANA SANTOS")
                                        .reachedAt(p.phone, account()))),
                new Kind(
                        "a couple with one phone and one account",
                        false,
                        20,
                        () -> pair(
                                latin(),
                                p -> p.on("PASSPORT", passport())
                                        .named("PEDRO SANTOS")
                                        .bornOn(p.born.minusDays(400)))),
                new Kind(
                        "citizens of one name, day and phone",
                        false,
                        15,
                        () -> pair(
                                citizen("张伟", LocalDate.of(1990, 3, 7)), p -> p.on("RESIDENT_ID", citizens(p.born)))),
                new Kind(
                        "colleagues reached through one phone",
                        false,
                        10,
                        () -> pair(
                                latin(),
                                p -> p.on("PASSPORT", passport())
                                        .named("JOHN SMITH")
                                        .bornOn(day())
                                        .reachedAt(p.phone, account()))),
                new Kind(
                        "namesakes born on one day reached through one agency",
                        false,
                        5,
                        () -> pair(latin(), p -> p.on("PASSPORT", passport()).reachedAt(p.phone, account()))),
                new Kind(
                        "twins with one phone and their mother's account",
                        false,
                        5,
                        () -> pair(latin(), p -> p.on("PASSPORT", passport()).named("ANA SANTOS"))));
    }

    private static Pair pair(Paper one, UnaryOperator<Paper> other) {
        return new Pair(one, other.apply(one));
    }

    private boolean isShown(Pair pair) {
        String one = kept(pair.one), other = kept(pair.other);
        assertThat(persons.documents(one)).as("nobody has judged").containsExactly(one);
        return likenesses.of(one).stream()
                        .anyMatch(l ->
                                l.one().key().equals(other) || l.other().key().equals(other))
                && likenesses.isOpen(other);
    }

    private String kept(Paper paper) {
        String key = persons.keep(paper.type, paper.number, paper.name, paper.born, paper.phone, null);
        likenesses.told(key, paper.account, paper.certificates);
        return key;
    }

    @Test
    void whoWasWrittenDownBeforeThereWereMarksIsFoundAsWell() {
        Paper paper = latin();
        String one = kept(paper), other = kept(paper.on("PASSPORT", passport()));
        for (String key : List.of(one, other)) {
            jdbc.sql("delete from person_pairs where one_key = ? or other_key = ?")
                    .params(key, key)
                    .update();
            jdbc.sql(
                            "update persons set marked = false, citizen = false, birth_mark = null, letters_mark = null, phone_mark = null where person_key = ?")
                    .param(key)
                    .update();
        }
        assertThat(likenesses.isOpen(one)).isFalse();
        older.run();
        assertThat(likenesses.isOpen(one)).isTrue();
        assertThat(persons.unmarked(1)).isEmpty();
    }

    /** Before September 2008 a permit's number ended in how often it had been renewed, and in the office; what stands before it is the holder's for life. */
    @Test
    void aPermitForTaiwanKeepsItsFirstEightDigitsAndWhoStandsUnderTheOldNumberIsTheSamePerson() {
        String number = digits(8);
        assertThat(List.of(number, number + "02", number + "02B", number + "02(B)", number + "07"))
                .extracting(n -> persons.key("TW_PERMIT", n))
                .containsOnly(persons.key("TW_PERMIT", number));
        assertThat(persons.key("TW_PERMIT", number.substring(1))).isNotEqualTo(persons.key("TW_PERMIT", number));

        String before = vault.fingerprint("document", "TW_PERMIT " + number + "02");
        jdbc.sql(
                        "insert into persons (person_key, document_type, sealed_name, name_mark, sealed_number, changed_at) values (?, ?, ?, ?, ?, ?)")
                .params(
                        before,
                        "TW_PERMIT",
                        vault.seal(PersonSeals.NAME, "林若曦", before),
                        vault.fingerprint("name", "林若曦"),
                        vault.seal(PersonSeals.NUMBER, number + "02", before),
                        OffsetDateTime.parse("2026-01-05T09:00:00+08:00"))
                .update();
        older.run();
        assertThat(persons.documents(persons.key("TW_PERMIT", number)))
                .contains(before)
                .hasSize(2);
    }

    private Paper latin() {
        return new Paper("PASSPORT", passport(), "MARIA SANTOS", day(), phone(), account(), List.of());
    }

    private Paper citizen(String name, LocalDate born) {
        return new Paper("RESIDENT_ID", citizens(born), name, born, phone(), account(), List.of());
    }

    private String passport() {
        return "P" + digits(8);
    }

    private String permit() {
        return numbered("830000", day());
    }

    private String foreigner(LocalDate born) {
        return numbered("911250", born);
    }

    private String citizens(LocalDate born) {
        return numbered("350582", born);
    }

    private String numbered(String region, LocalDate born) {
        String number = region + born.toString().replace("-", "") + digits(3);
        return number + ResidentId.checkCharacter(number);
    }

    private LocalDate day() {
        return LocalDate.of(1960, 1, 1).plusDays(random.nextInt(15_000));
    }

    private String phone() {
        return "13" + digits(9);
    }

    private String account() {
        return "62" + digits(17);
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) digits.append(random.nextInt(10));
        return digits.toString();
    }
}

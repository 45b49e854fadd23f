package cn.jincai.applicant;

import static cn.jincai.applicant.PersonSeals.BIRTH_DATE;
import static cn.jincai.applicant.PersonSeals.EMAIL;
import static cn.jincai.applicant.PersonSeals.NAME;
import static cn.jincai.applicant.PersonSeals.NUMBER;
import static cn.jincai.applicant.PersonSeals.PHONE;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Persons by the fingerprint of their document. All but that key is sealed. */
@Service
public class Persons {
    private static final String HK_MO_PERMIT = "HK_MO_PERMIT";

    private final JdbcClient jdbc;
    private final Vault vault;
    private final CityClock clock;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate savepoint;

    Persons(
            JdbcClient jdbc,
            Vault vault,
            CityClock clock,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions) {
        this.events = events;
        this.jdbc = jdbc;
        this.vault = vault;
        this.clock = clock;
        this.savepoint = new TransactionTemplate(
                transactions, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED));
    }

    /** The key of the person with this document, whether on record or not. */
    public String key(String documentType, String documentNumber) {
        return mark(identity(documentType, documentNumber));
    }

    private String mark(String identity) {
        return vault.fingerprint("document", identity);
    }

    /**
     * What stays the same of a person's number (rulebook 2.9): all numbers of 18 characters are one space, whatever document they stand on, as the identity
     * card wrote them first; of a permit for Hong Kong and Macao the letter and eight digits, without the count of renewals.
     */
    private static String identity(String documentType, String documentNumber) {
        String number = ResidentId.whole(documentNumber);
        if (number.matches("\\d{17}[\\dX]")) return "RESIDENT_ID " + number;
        return documentType + " "
                + (documentType.equals(HK_MO_PERMIT) && number.matches("[HM]\\d{10}")
                        ? number.substring(0, 9)
                        : number);
    }

    /** The other keys under which somebody with this document may stand in lists written while each type had numbers of its own. */
    private List<String> formerKeys(String documentType, String documentNumber) {
        String[] identity = identity(documentType, documentNumber).split(" ", 2);
        if (identity[1].matches("\\d{17}[\\dX]"))
            return Registration.DOCUMENT_TYPES.stream()
                    .filter(t -> !t.equals(identity[0]))
                    .map(t -> mark(t + " " + identity[1]))
                    .toList();
        if (!identity[0].equals(HK_MO_PERMIT) || !identity[1].matches("[HM]\\d{8}")) return List.of();
        return IntStream.range(0, 100)
                .mapToObj(n -> mark("%s %s%02d".formatted(identity[0], identity[1], n)))
                .toList();
    }

    /** Brings together what was written down while each type of document had numbers of its own: each person's cases, grants and payments go over to the one key. */
    @EventListener(ApplicationStartedEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @Transactional
    public void bringTogether() {
        record Row(String key, String type, String number) {}
        jdbc
                .sql(
                        "select person_key, document_type, sealed_number from person where document_type <> 'RESIDENT_ID' order by changed_at")
                .query((row, i) -> {
                    String key = row.getString("person_key"), type = row.getString("document_type");
                    return vault.look(NUMBER, Sealed.always(row, "sealed_number"), key)
                            .map(number -> new Row(key, type, number));
                })
                .list()
                .stream()
                .flatMap(
                        Optional::stream) // one that was exchanged is refused where it is asked for, and stops no start
                .filter(row -> !row.key.equals(key(row.type, row.number)))
                .forEach(row -> join(row.key, key(row.type, row.number)));
    }

    private void join(String former, String key) {
        if (!lock(former)) return; // another node was first
        if (!lock(key)) copy(former, key);
        events.publishEvent(new SamePerson(List.of(former), key));
        jdbc.sql("delete from person where person_key = ?").param(former).update();
        events.publishEvent(CaseEvent.forAuditors(
                "applicant.event.persons-joined",
                Actor.SYSTEM,
                null,
                Map.of("from", former.substring(0, 8), "to", key.substring(0, 8))));
    }

    private void copy(String former, String key) {
        jdbc.sql("""
            insert into person (person_key, document_type, sealed_name, name_mark, sealed_number, sealed_birth_date, sealed_phone, sealed_email, changed_at)
            select ?, document_type, ?, name_mark, ?, ?, ?, ?, changed_at from person where person_key = ?""").params(resealed(former, key)).update();
    }

    /** What is sealed for the one row, sealed for the other, between the two keys. */
    private List<@Nullable Object> resealed(String former, String key) {
        return jdbc.sql("select * from person where person_key = ?")
                .param(former)
                .query((row, i) -> {
                    List<@Nullable Object> values = new ArrayList<>(List.of(key));
                    for (SealedColumn column : List.of(NAME, NUMBER, BIRTH_DATE, PHONE, EMAIL))
                        values.add(
                                vault.seal(column, vault.open(column, Sealed.in(row, column.column()), former), key));
                    values.add(former);
                    return values;
                })
                .single();
    }

    /** Writes the person down, or brings name, birth date, phone and email up to date; answers the key. */
    @Transactional
    public String keep(
            String documentType,
            String documentNumber,
            String name,
            @Nullable LocalDate birthDate,
            @Nullable String phone,
            @Nullable String email) {
        String key = key(documentType, documentNumber);
        var values = new @Nullable Object[] {
            vault.seal(NAME, name, key),
            vault.fingerprint("name", name.strip()),
            vault.seal(BIRTH_DATE, birthDate == null ? null : birthDate.toString(), key),
            vault.seal(PHONE, phone, key),
            vault.seal(EMAIL, email, key),
            clock.timestamp(),
            key
        };
        if (!lock(key)) {
            if (isNew(key, documentType, documentNumber, values)) {
                List<String> former = formerKeys(documentType, documentNumber);
                if (!former.isEmpty()) events.publishEvent(new SamePerson(former, key));
                return key;
            }
            lock(key);
        }
        jdbc.sql(
                        "update person set sealed_name = ?, name_mark = ?, sealed_birth_date = ?, sealed_phone = ?, sealed_email = ?, changed_at = ? where person_key = ?")
                .params(values)
                .update();
        return key;
    }

    /** Another document with the same number for life, which an officer has compared. */
    @Transactional
    public void renewed(String key, String documentType, String documentNumber) {
        jdbc.sql("update person set document_type = ?, sealed_number = ? where person_key = ?")
                .params(documentType, vault.seal(NUMBER, ResidentId.written(documentNumber), key), key)
                .update();
    }

    /** False where somebody else wrote the same new person down in the same second: waits for him; what failed goes back to a savepoint, as else PostgreSQL would end the transaction. */
    private boolean isNew(String key, String documentType, String documentNumber, @Nullable Object[] values) {
        try {
            savepoint.executeWithoutResult(inside -> jdbc.sql(
                            "insert into person (sealed_name, name_mark, sealed_birth_date, sealed_phone, sealed_email, changed_at, person_key, document_type, sealed_number) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(values)
                    .params(documentType, vault.seal(NUMBER, ResidentId.written(documentNumber), key))
                    .update());
            return true;
        } catch (DuplicateKeyException meanwhile) {
            return false;
        }
    }

    /** Holds the person's row until the transaction ends, so that two cases of one person are decided one after the other; false if not on record. */
    @Transactional
    public boolean lock(String key) {
        return jdbc.sql("select person_key from person where person_key = ? for update")
                .param(key)
                .query(String.class)
                .optional()
                .isPresent();
    }

    public Person find(String key) {
        return jdbc.sql("select * from person where person_key = ?")
                .param(key)
                .query(this::read)
                .optional()
                .orElseThrow(Problem::notFound);
    }

    /** The person behind an account; Problem NOT_FOUND where no document is on record (sample accounts of the demo). */
    public Person of(Account account) {
        if (account.personKey() == null) throw Problem.notFound();
        return find(account.personKey());
    }

    /** Everybody of exactly this name, for officers who look a case up. */
    public List<Person> named(String name) {
        return jdbc.sql("select * from person where name_mark = ? order by person_key")
                .param(vault.fingerprint("name", name.strip()))
                .query(this::read)
                .list();
    }

    /** 张*芳, 张*, 欧**华: the first and from three characters on the last one stay; characters beyond the BMP count as one. */
    public static String mask(String name) {
        int[] points = name.strip().codePoints().toArray();
        if (points.length < 2) return "*";
        StringBuilder masked = new StringBuilder().appendCodePoint(points[0]);
        masked.append("*".repeat(points.length == 2 ? 1 : points.length - 2));
        return points.length == 2
                ? masked.toString()
                : masked.appendCodePoint(points[points.length - 1]).toString();
    }

    /** 350***********1X: of ten characters or more the first three and last two stay, of fewer the last two, of four or fewer none. */
    public static String maskNumber(String number) {
        String n = number.strip();
        int head = n.length() >= 10 ? 3 : 0;
        int tail = n.length() > 4 ? 2 : 0;
        return n.substring(0, head) + "*".repeat(n.length() - head - tail) + n.substring(n.length() - tail);
    }

    private Person read(ResultSet row, int index) throws SQLException {
        String key = row.getString("person_key");
        String birthDate = opened(BIRTH_DATE, row, key);
        return new Person(
                key,
                vault.open(NAME, Sealed.always(row, NAME.column()), key),
                row.getString("document_type"),
                vault.open(NUMBER, Sealed.always(row, NUMBER.column()), key),
                birthDate == null ? null : LocalDate.parse(birthDate),
                opened(PHONE, row, key),
                opened(EMAIL, row, key));
    }

    private @Nullable String opened(SealedColumn column, ResultSet row, String key) throws SQLException {
        return vault.open(column, Sealed.in(row, column.column()), key);
    }
}

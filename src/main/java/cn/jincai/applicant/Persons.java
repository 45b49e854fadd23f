package cn.jincai.applicant;

import static cn.jincai.applicant.PersonSeals.BIRTH_DATE;
import static cn.jincai.applicant.PersonSeals.EMAIL;
import static cn.jincai.applicant.PersonSeals.NAME;
import static cn.jincai.applicant.PersonSeals.NUMBER;
import static cn.jincai.applicant.PersonSeals.PHONE;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Contact;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.ReadOnce;
import cn.jincai.kernel.Spelling;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
    /** Of permits whose holders keep a number for life: what of it stays. Whatever follows counts renewals, or names the office. */
    private static final Map<String, Pattern> FOR_LIFE = Map.of(
            "HK_MO_PERMIT", Pattern.compile("([HM]\\d{8})\\d{2}"),
            "TW_PERMIT", Pattern.compile("(\\d{8})\\d{2}(\\(?[A-Z0-9]\\)?)?"));

    /** The document of an employer, by which it is on record as the applicant of its own cases: the unified social credit code. */
    public static final String CREDIT_CODE = "CREDIT_CODE";

    private final JdbcClient jdbc;
    private final Vault vault;
    private final CityClock clock;
    private final NameParts parts;
    private final TransactionTemplate savepoint;
    private final ReadOnce<String, SortedSet<String>> documents = new ReadOnce<>(this::joinedWith);

    Persons(JdbcClient jdbc, Vault vault, CityClock clock, NameParts parts, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.clock = clock;
        this.parts = parts;
        this.savepoint = new TransactionTemplate(
                transactions, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED));
    }

    /** The key of the person with this document, whether on record or not. */
    public String key(String documentType, String documentNumber) {
        return vault.fingerprint("document", identity(documentType, documentNumber));
    }

    /**
     * What stays the same of a person's number (rulebook 2.9, decision 139): all numbers of 18 characters are one space, whatever document they stand on, as the
     * identity card wrote them first; of a permit for Hong Kong and Macao the letter and eight digits, of one for Taiwan the first eight digits.
     */
    private static String identity(String documentType, String documentNumber) {
        if (documentType.equals(CREDIT_CODE)) return documentType + " " + Spelling.ofCode(documentNumber);
        String number = ResidentId.whole(documentNumber);
        if (number.matches("\\d{17}[\\dX]")) return "RESIDENT_ID " + number;
        Pattern forLife = FOR_LIFE.get(documentType);
        Matcher renewed = forLife == null ? null : forLife.matcher(number);
        return documentType + " " + (renewed != null && renewed.matches() ? renewed.group(1) : number);
    }

    /** The keys of all documents that were joined as this person's, this one's among them (rulebook 7.10). */
    public SortedSet<String> documents(String key) {
        return documents.get(key);
    }

    /** Whether both documents are one person's. */
    public boolean isSame(String key, String other) {
        return documents(key).contains(other);
    }

    private SortedSet<String> joinedWith(String key) {
        SortedSet<String> found = new TreeSet<>(Set.of(key));
        int before = 0;
        while (found.size() > before) {
            before = found.size();
            jdbc.sql(
                            "select one_key, other_key from person_pairs where same and (one_key in (:keys) or other_key in (:keys))")
                    .param("keys", Set.copyOf(found))
                    .query(row -> {
                        found.add(row.getString(1));
                        found.add(row.getString(2));
                    });
        }
        return found;
    }

    /** To be called when documents were joined or parted. */
    public void joinedAnew() {
        documents.forget();
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
        String key = key(documentType, documentNumber), number = ResidentId.whole(documentNumber);
        boolean employer = documentType.equals(CREDIT_CODE);
        LocalDate born =
                birthDate == null && !employer ? ResidentId.birthDate(number).orElse(null) : birthDate;
        var values = new @Nullable Object[] {
            vault.seal(NAME, name, key),
            vault.fingerprint("name", PersonName.folded(name)),
            vault.seal(BIRTH_DATE, birthDate == null ? null : birthDate.toString(), key),
            vault.seal(PHONE, phone, key),
            vault.seal(EMAIL, email, key),
            born == null ? null : vault.fingerprint("birth-date", born.toString()),
            vault.fingerprint("name-in-letters", PersonName.letters(name)),
            phone == null ? null : vault.fingerprint("phone", Contact.subscriber(phone)),
            !employer && ResidentId.isCitizens(number),
            clock.timestamp(),
            key
        };
        if (!lock(key)) {
            if (isNew(key, documentType, documentNumber, values)) {
                parts.keep(key, name);
                return key;
            }
            lock(key);
        }
        jdbc.sql(
                        "update persons set sealed_name = ?, name_mark = ?, sealed_birth_date = ?, sealed_phone = ?, sealed_email = ?, birth_mark = ?, letters_mark = ?, phone_mark = ?, citizen = ?, marked = true, changed_at = ? where person_key = ?")
                .params(values)
                .update();
        parts.keep(key, name);
        return key;
    }

    /** Keys of those who were written down before there were marks. */
    public List<String> unmarked(int most) {
        return jdbc.sql("select person_key from persons where not marked order by person_key fetch first " + most
                        + " rows only")
                .query(String.class)
                .list();
    }

    /** Gives him marks. @return the key that his number has now; where it is another one, he is on record under both */
    @Transactional
    public String markAnew(String key) {
        Person p = find(key);
        String now = key(p.documentType(), p.documentNumber());
        if (now.equals(key) || !lock(now))
            keep(p.documentType(), p.documentNumber(), p.name(), p.birthDate(), p.phone(), p.email());
        passOver(key);
        return now;
    }

    /** He is left without marks. */
    public void passOver(String key) {
        jdbc.sql("update persons set marked = true where person_key = ?")
                .param(key)
                .update();
    }

    /** Another document with the same number for life, which an officer has compared. */
    @Transactional
    public void renewed(String key, String documentType, String documentNumber) {
        jdbc.sql("update persons set document_type = ?, sealed_number = ? where person_key = ?")
                .params(documentType, vault.seal(NUMBER, Spelling.ofCode(documentNumber), key), key)
                .update();
    }

    /**
     * Destroys what is known of him. The key stays, a fingerprint that grants and payments of before refer to and that tells nothing without the city's key; should he come
     * again, he is written down anew under it.
     */
    @Transactional
    public void erase(String key) {
        jdbc.sql("delete from person_marks where person_key = ?").param(key).update();
        parts.forget(key);
        jdbc.sql(
                        "update person_judgements set sealed_reason = null where pair_id in (select id from person_pairs where one_key = ? or other_key = ?)")
                .params(key, key)
                .update();
        jdbc.sql("""
                update persons set sealed_name = ?, sealed_number = ?, name_mark = '', sealed_birth_date = null, sealed_phone = null, sealed_email = null, birth_mark = null,
                letters_mark = null, phone_mark = null, marked = true, changed_at = ? where person_key = ?""")
                .params(vault.seal(NAME, "", key), vault.seal(NUMBER, "", key), clock.timestamp(), key)
                .update();
    }

    /** Those whom no account belongs to, and who are not erased yet: of them cases alone may still need to know. */
    public List<String> withoutAccount(Instant changedBefore) {
        return jdbc.sql(
                        "select p.person_key from persons p where p.name_mark <> '' and p.changed_at < ? and not exists (select 1 from accounts a where a.person_key = p.person_key) order by p.person_key")
                .param(Instants.utc(changedBefore))
                .query(String.class)
                .list();
    }

    /** False where somebody else wrote the same new person down in the same second: waits for him; what failed goes back to a savepoint, as else PostgreSQL would end the transaction. */
    private boolean isNew(String key, String documentType, String documentNumber, @Nullable Object[] values) {
        try {
            savepoint.executeWithoutResult(inside -> jdbc.sql(
                            "insert into persons (sealed_name, name_mark, sealed_birth_date, sealed_phone, sealed_email, birth_mark, letters_mark, phone_mark, citizen, marked, changed_at, person_key, document_type, sealed_number) values (?, ?, ?, ?, ?, ?, ?, ?, ?, true, ?, ?, ?, ?)")
                    .params(values)
                    .params(documentType, vault.seal(NUMBER, Spelling.ofCode(documentNumber), key))
                    .update());
            return true;
        } catch (DuplicateKeyException meanwhile) {
            return false;
        }
    }

    /**
     * Holds the person until the transaction ends, with all documents that were joined as his and in one order, so that two cases of one person are decided one after the
     * other; false if not on record.
     */
    @Transactional
    public boolean lock(String key) {
        Set<String> held = Set.of();
        while (!held.containsAll(documents(key))) { // somebody joined another one while this waited
            held = documents(key);
            if (jdbc.sql("select person_key from persons where person_key in (:keys) order by person_key for update")
                    .param("keys", held)
                    .query(String.class)
                    .list()
                    .isEmpty()) return false;
            documents.forget();
        }
        return true;
    }

    public Person find(String key) {
        return jdbc.sql("select * from persons where person_key = ?")
                .param(key)
                .query(this::read)
                .optional()
                .orElseThrow(Problem::notFound);
    }

    /** Of these keys those that are on record. */
    public Map<String, Person> all(Set<String> keys) {
        return keys.isEmpty()
                ? Map.of()
                : jdbc
                        .sql("select * from persons where person_key in (:keys)")
                        .param("keys", keys)
                        .query(this::read)
                        .list()
                        .stream()
                        .collect(Collectors.toMap(Person::key, person -> person));
    }

    /** The person behind an account; Problem NOT_FOUND where no document is on record (sample accounts of the demo). */
    public Person of(Account account) {
        if (account.personKey() == null) throw Problem.notFound();
        return find(account.personKey());
    }

    /** Everybody of this name however it is spelt, for officers who look a case up; who was written down before decision 133, of exactly this spelling. */
    public List<Person> named(String name) {
        return jdbc.sql("select * from persons where name_mark in (?, ?) order by person_key")
                .params(vault.fingerprint("name", PersonName.folded(name)), vault.fingerprint("name", name.strip()))
                .query(this::read)
                .list();
    }

    /** Everybody whose name is this or has it as a part, however it is spelt; empty where more than so many may have it. */
    public Optional<List<Person>> namedLike(String part, int most) {
        List<String> candidates = parts.candidates(part, most + 1);
        if (candidates.size() > most) return Optional.empty();
        String wanted = PersonName.folded(part).replace(" ", "");
        Map<String, Person> found = all(Set.copyOf(candidates));
        named(part).forEach(person -> found.put(person.key(), person)); // in another order of its words
        return Optional.of(found.values().stream()
                .filter(person ->
                        PersonName.folded(person.name()).replace(" ", "").contains(wanted)
                                || PersonName.same(person.name(), part))
                .toList());
    }

    /** Keys of all documents of this number that there may be, and of those joined as one person's. */
    public Set<String> numbered(String number) {
        return Registration.DOCUMENT_TYPES.stream()
                .map(type -> key(type, number))
                .flatMap(key -> documents(key).stream())
                .collect(Collectors.toSet());
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

package cn.jincai.applicant;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.DueWork;
import cn.jincai.vault.Vault;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** By which a person is found who is told by a part of his name: fingerprints of each two characters that stand together in it, however it is spelt. */
@Component
public class NameParts implements DueWork {
    /** So many characters a part has at least. */
    public static final int SHORTEST = 2;

    private static final int AT_ONCE = 200;

    private final JdbcClient db;
    private final Vault vault;
    private final CityClock clock;
    private final TransactionTemplate transaction;
    private final Persons persons;

    NameParts(JdbcClient db, Vault vault, CityClock clock, TransactionTemplate transaction, @Lazy Persons persons) {
        this.db = db;
        this.vault = vault;
        this.clock = clock;
        this.transaction = transaction;
        this.persons = persons;
    }

    /** Of a person on record; in the caller's transaction. */
    void keep(String key, String name) {
        forget(key);
        List<String> marks = marks(name).stream().toList();
        if (!marks.isEmpty())
            db.sql("insert into person_name_parts (person_key, mark) values "
                            + String.join(", ", Collections.nCopies(marks.size(), "(?, ?)")))
                    .params(marks.stream()
                            .flatMap(mark -> java.util.stream.Stream.of(key, mark))
                            .toList())
                    .update();
        db.sql("update persons set parted = true where person_key = ?")
                .param(key)
                .update();
    }

    void forget(String key) {
        db.sql("delete from person_name_parts where person_key = ?").param(key).update();
    }

    /**
     * Keys of those whose names have all pieces of this part; who of them has the part itself, only the opened name says.
     *
     * @param most how many at most
     */
    List<String> candidates(String part, int most) {
        Set<String> marks = marks(part);
        if (marks.isEmpty()) return List.of();
        StringBuilder sql = new StringBuilder("select p.person_key from person_name_parts p where p.mark = ?");
        for (int i = 1; i < marks.size(); i++)
            sql.append(
                    " and exists (select 1 from person_name_parts o where o.mark = ? and o.person_key = p.person_key)");
        return db.sql(sql + " order by p.person_key limit " + most)
                .params(List.copyOf(marks))
                .query(String.class)
                .list();
    }

    private Set<String> marks(String words) {
        String folded = PersonName.folded(words).replace(" ", "");
        int[] points = folded.codePoints().toArray();
        Set<String> marks = new LinkedHashSet<>();
        for (int i = 0; i + SHORTEST <= points.length; i++)
            marks.add(vault.fingerprint("name-part", new String(points, i, SHORTEST)));
        return marks;
    }

    @Override
    public Optional<Instant> next() {
        return withoutParts(1).isEmpty() ? Optional.empty() : Optional.of(clock.instant());
    }

    /** Those who were written down before there were parts. */
    @Override
    public void run() {
        withoutParts(AT_ONCE)
                .forEach(key -> transaction.executeWithoutResult(status -> {
                    keep(key, persons.find(key).name());
                }));
    }

    private List<String> withoutParts(int most) {
        return db.sql("select person_key from persons where not parted order by person_key fetch first " + most
                        + " rows only")
                .query(String.class)
                .list();
    }
}

package cn.jincai.applicant.likeness;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which officers what is on record brings close to an applicant or his employer (公务员法 76), though nobody declared it. Telephones and bank accounts are compared by their
 * fingerprints: neither is opened. Only an officer whose document is on record has any of his own.
 */
@Service
@Transactional(readOnly = true)
public class CloseOfficers {
    private static final String STAFF =
            "not a.locked and exists (select 1 from account_roles r where r.account = a.name and r.role not in ('applicant', 'employer'))";

    private final JdbcClient jdbc;

    CloseOfficers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What brings them close. CLERK: he is or was one of the employer's, under any account of his. EMPLOYER: he has named the same one himself. */
    public enum Closeness {
        PHONE,
        BANK_ACCOUNT,
        CLERK,
        EMPLOYER
    }

    /** Keeps whom the holder of a document has named as his employer in a case that was sent. */
    @Transactional
    public void named(String document, String employer) {
        jdbc.sql("""
                insert into person_marks (person_key, kind, mark) select p.person_key, 'employer', :employer from persons p where p.person_key = :key
                and not exists (select 1 from person_marks m where m.person_key = :key and m.kind = 'employer' and m.mark = :employer)""").param("key", document).param("employer", employer).update();
    }

    /**
     * By the officer's account.
     *
     * @param documents keys of the applicant's documents, none where an employer applies
     * @param employers codes of the employer, as it was ever known; none where there is none
     */
    public Map<String, Set<Closeness>> of(Collection<String> documents, Collection<String> employers) {
        Map<String, Set<String>> staff = staffByDocument();
        Map<String, Set<Closeness>> found = new TreeMap<>();
        if (!documents.isEmpty() && !staff.isEmpty()) {
            add(found, Closeness.PHONE, staff, others(documents, """
                    select own.person_key from persons his join persons own on own.phone_mark = his.phone_mark
                    where his.person_key in (:these) and own.person_key not in (:these)"""));
            add(found, Closeness.BANK_ACCOUNT, staff, others(documents, """
                    select own.person_key from person_marks his join person_marks own on own.mark = his.mark and own.kind = his.kind
                    where his.kind = 'account' and his.person_key in (:these) and own.person_key not in (:these)"""));
        }
        if (!employers.isEmpty()) {
            addClerks(found, staff, employers);
            List<String> colleagues = others(
                    employers, "select person_key from person_marks where mark in (:these) and kind = 'employer'");
            add(
                    found,
                    Closeness.EMPLOYER,
                    staff,
                    colleagues.stream().filter(key -> !documents.contains(key)).toList());
        }
        return found;
    }

    private List<String> others(Collection<String> these, String sql) {
        return jdbc.sql(sql).param("these", these).query(String.class).list();
    }

    private static void add(
            Map<String, Set<Closeness>> found, Closeness how, Map<String, Set<String>> staff, Collection<String> keys) {
        keys.forEach(key -> staff.getOrDefault(key, Set.of()).forEach(account -> add(found, how, account)));
    }

    private static void add(Map<String, Set<Closeness>> found, Closeness how, String account) {
        found.computeIfAbsent(account, a -> EnumSet.noneOf(Closeness.class)).add(how);
    }

    /** First the employers' accounts along their indexes, then the staff among them, under whichever account. */
    private void addClerks(
            Map<String, Set<Closeness>> found, Map<String, Set<String>> staff, Collection<String> employers) {
        List<String> clerks = others(employers, """
                select name from accounts where employer_code in (:these)
                union select account from former_clerks where employer_code in (:these)""");
        if (clerks.isEmpty()) return;
        others(clerks, "select a.name from accounts a where a.name in (:these) and " + STAFF)
                .forEach(account -> add(found, Closeness.CLERK, account));
        add(
                found,
                Closeness.CLERK,
                staff,
                others(
                        clerks,
                        "select a.person_key from accounts a where a.name in (:these) and a.person_key is not null"));
    }

    /** Of the staff, by the key of each document that is on record of them or was joined as theirs (rulebook 7.10). */
    private Map<String, Set<String>> staffByDocument() {
        Map<String, Set<String>> staff = new HashMap<>();
        jdbc.sql("select a.person_key, a.name from accounts a where a.person_key is not null and " + STAFF)
                .query(row -> {
                    staff.computeIfAbsent(row.getString(1), key -> new HashSet<>())
                            .add(row.getString(2));
                });
        for (boolean more = !staff.isEmpty(); more; ) {
            more = false;
            for (Pair pair : pairs(Set.copyOf(staff.keySet()))) more |= spread(staff, pair);
        }
        return staff;
    }

    private record Pair(String one, String other) {}

    private List<Pair> pairs(Set<String> keys) {
        return jdbc.sql(
                        "select one_key, other_key from person_pairs where same and (one_key in (:keys) or other_key in (:keys))")
                .param("keys", keys)
                .query((row, n) -> new Pair(row.getString(1), row.getString(2)))
                .list();
    }

    private static boolean spread(Map<String, Set<String>> staff, Pair pair) {
        Set<String> one = staff.computeIfAbsent(pair.one(), key -> new HashSet<>()),
                other = staff.computeIfAbsent(pair.other(), key -> new HashSet<>());
        return one.addAll(other) | other.addAll(one);
    }
}

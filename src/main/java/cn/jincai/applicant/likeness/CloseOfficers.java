package cn.jincai.applicant.likeness;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

    /** What brings them close. CLERK: he is or was one of the employer's, under any account of his. */
    public enum Closeness {
        PHONE,
        BANK_ACCOUNT,
        CLERK
    }

    /**
     * By the officer's account.
     *
     * @param documents keys of the applicant's documents, none where an employer applies
     * @param employers codes of the employer, as it was ever known; none where there is none
     */
    public Map<String, Set<Closeness>> of(Collection<String> documents, Collection<String> employers) {
        Map<String, Set<Closeness>> found = new TreeMap<>();
        if (!documents.isEmpty()) {
            find(found, Closeness.PHONE, documents, """
                    select a.name from accounts a join persons own on own.person_key = a.person_key join persons his on his.phone_mark = own.phone_mark
                    where his.person_key in (:these) and own.person_key not in (:these)""" + " and " + STAFF);
            find(found, Closeness.BANK_ACCOUNT, documents, """
                    select a.name from accounts a join person_marks own on own.person_key = a.person_key
                    join person_marks his on his.mark = own.mark and his.kind = own.kind
                    where his.kind = 'account' and his.person_key in (:these) and own.person_key not in (:these)""" + " and " + STAFF);
        }
        if (!employers.isEmpty()) find(found, Closeness.CLERK, employers, """
                    select a.name from accounts a join accounts b on b.name = a.name or b.person_key = a.person_key
                    where (b.employer_code in (:these) or exists (select 1 from former_clerks f where f.account = b.name and f.employer_code in (:these)))""" + " and " + STAFF);
        return found;
    }

    private void find(Map<String, Set<Closeness>> found, Closeness how, Collection<String> these, String sql) {
        jdbc.sql(sql)
                .param("these", these)
                .query(String.class)
                .list()
                .forEach(account -> found.computeIfAbsent(account, a -> EnumSet.noneOf(Closeness.class))
                        .add(how));
    }

    /** Of the staff, by the key of the document that is on record of each. */
    public Map<String, Set<String>> staffByDocument() {
        return jdbc
                .sql("select a.person_key, a.name from accounts a where a.person_key is not null and " + STAFF)
                .query((row, n) -> Map.entry(row.getString(1), row.getString(2)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }
}

package cn.jincai.filing.searches;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Problem;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Searches that an officer keeps under a name of his own, for himself alone. */
@Service
public class SavedSearches {
    /** Of one account. */
    public static final int MOST = 30;

    private static final int LONGEST_NAME = 40;

    private final JdbcClient db;
    private final Vault vault;
    private final JsonColumns json;
    private final CityClock clock;

    SavedSearches(JdbcClient db, Vault vault, JsonColumns json, CityClock clock) {
        this.db = db;
        this.vault = vault;
        this.json = json;
        this.clock = clock;
    }

    public record Saved(long id, String name, Criteria criteria) {}

    /** As it is sealed. */
    record Kept(String name, Criteria criteria) {}

    @Transactional(readOnly = true)
    public List<Saved> of(Actor who) {
        return db.sql("select * from saved_searches where account = ? order by id")
                .param(who.account())
                .query(this::read)
                .list();
    }

    /** @throws Problem NOT_FOUND for one that is not his */
    @Transactional(readOnly = true)
    public Saved find(Actor who, long id) {
        return db.sql("select * from saved_searches where account = ? and id = ?")
                .params(who.account(), id)
                .query(this::read)
                .optional()
                .orElseThrow(Problem::notFound);
    }

    /** @throws Problem INVALID without a name or with nothing to look for; CONFLICT where there are too many */
    @Transactional
    public void save(Actor who, String name, Criteria criteria) {
        if (name.isBlank()) throw Problem.invalid("name", "filing.search.name.REQUIRED");
        if (name.strip().length() > LONGEST_NAME)
            throw Problem.invalid("name", "filing.search.name.TOO_LONG", LONGEST_NAME);
        if (criteria.isEmpty()) throw Problem.invalid("q", "filing.search.EMPTY");
        if (of(who).size() >= MOST) throw Problem.invalid("name", "filing.search.name.TOO_MANY", MOST);
        String rowKey = UUID.randomUUID().toString();
        db.sql("insert into saved_searches (account, row_key, sealed_search, saved_at) values (?, ?, ?, ?)")
                .params(
                        who.account(),
                        rowKey,
                        vault.seal(
                                SearchSeals.SEARCH,
                                json.write(new Kept(name.strip(), criteria)),
                                who.account(),
                                rowKey),
                        clock.timestamp())
                .update();
    }

    /** @throws Problem NOT_FOUND for one that is not his */
    @Transactional
    public void remove(Actor who, long id) {
        if (db.sql("delete from saved_searches where account = ? and id = ?")
                        .params(who.account(), id)
                        .update()
                == 0) throw Problem.notFound();
    }

    /** Ids of those of all accounts that were saved before this moment: what they hold about people must not outlive its use. */
    @Transactional(readOnly = true)
    public List<String> savedBefore(Instant moment) {
        return db
                .sql("select id from saved_searches where saved_at < ? order by id")
                .param(Instants.utc(moment))
                .query(Long.class)
                .list()
                .stream()
                .map(String::valueOf)
                .toList();
    }

    /** @param id as {@link #savedBefore} tells it */
    @Transactional
    public void erase(String id) {
        db.sql("delete from saved_searches where id = ?")
                .param(Long.valueOf(id))
                .update();
    }

    private Saved read(ResultSet row, int n) throws SQLException {
        Kept kept = json.read(
                vault.open(
                        SearchSeals.SEARCH,
                        Sealed.always(row, "sealed_search"),
                        row.getString("account"),
                        row.getString("row_key")),
                Kept.class);
        return new Saved(row.getLong("id"), kept.name(), kept.criteria());
    }
}

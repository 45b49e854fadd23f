package cn.jincai.review;

import cn.jincai.kernel.JsonColumns;
import cn.jincai.planning.EarlierGrant;
import cn.jincai.planning.GrantRecords;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was decided here, as own records of later cases. Months of an allowance count when a run has paid them, so they are left to payment. */
@Component
class DecidedGrants implements GrantRecords {
    private final JdbcClient db;
    private final Vault vault;
    private final Packages packages;
    private final JsonColumns json;

    DecidedGrants(JdbcClient db, Vault vault, Packages packages, JsonColumns json) {
        this.db = db;
        this.vault = vault;
        this.packages = packages;
        this.json = json;
    }

    @Override
    public List<EarlierGrant> of(String personKey) {
        return db.sql("""
            select d.*, c.package_hash from decided_benefits d join cases c on c.case_number = d.case_number
            where d.person_key = ? and d.outcome = 'granted' and not d.given_up order by d.id""").param(personKey).query(this::row).list();
    }

    @Override
    public List<EarlierGrant> ofEmployer(String code) {
        return db.sql("""
            select d.* from decided_benefits d join cases c on c.case_number = d.case_number
            where c.employer_code = ? and d.outcome = 'granted' and not d.given_up order by d.id""")
                .param(code)
                .query((row, n) -> grant(row, null, Map.of()))
                .list();
    }

    /** By the row of its first case, which every decision on one of its cases waits for. */
    @Override
    public void holdEmployer(String code) {
        db.sql(
                        "select case_number from cases where case_number = (select min(case_number) from cases where employer_code = ?) for update")
                .param(code)
                .query(String.class)
                .optional();
    }

    private EarlierGrant row(ResultSet row, int n) throws SQLException {
        Map<String, Object> facts = json.read(
                vault.open(
                        ReviewSeals.DECIDED_FACTS,
                        Sealed.always(row, "sealed_facts"),
                        row.getString("case_number"),
                        row.getString("benefit")),
                new TypeReference<>() {});
        return grant(row, instalment(row, facts), facts);
    }

    private static EarlierGrant grant(ResultSet row, @Nullable Integer instalment, Map<String, Object> facts)
            throws SQLException {
        @Nullable LocalDate ended = row.getObject("ended_on", LocalDate.class); // before its time
        return new EarlierGrant(
                row.getString("benefit"),
                ended == null ? row.getLong("amount_fen") : row.getLong("ended_amount_fen"),
                row.getObject("level", Integer.class),
                row.getObject("monthly_fen", Long.class),
                null,
                instalment,
                row.getObject("governing_date", LocalDate.class),
                row.getObject("decided_on", LocalDate.class),
                ended == null ? row.getObject("valid_until", LocalDate.class) : ended,
                facts);
    }

    /** The part that was applied for, where the benefit has parts that are applied for one by one; the first unless the case said otherwise. */
    private @Nullable Integer instalment(ResultSet row, Map<String, Object> facts) throws SQLException {
        String benefit = row.getString("benefit");
        return scheme(row.getString("scheme"), row.getString("package_hash")).stream()
                .flatMap(scheme -> scheme.rules().benefits().stream())
                .filter(b -> b.benefit().equals(benefit))
                .map(b -> b.instalments().appliedFor())
                .filter(f -> f != null)
                .findFirst()
                .map(f -> facts.get(f) instanceof Number n ? n.intValue() : 1)
                .orElse(null);
    }

    /**
     * The scheme as the grant was decided on. Where that package can't be read, as it is in force now; and where that can't be read either, nothing is decided on
     * this scheme, and others do not ask which part it was.
     */
    private Optional<Scheme> scheme(String scheme, String hash) {
        return packages.ifWhole(hash)
                .or(() -> packages.inForce().stream()
                        .filter(p -> p.scheme().equals(scheme))
                        .findFirst())
                .map(PolicyPackage::catalogue);
    }
}

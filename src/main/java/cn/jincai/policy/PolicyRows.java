package cn.jincai.policy;

import cn.jincai.kernel.RecordedRows;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What holds from which day, and every file of it. A changed file is refused too wherever it is read; this finds it before. */
@Component
class PolicyRows extends RecordedRows {
    static final String KIND = "package-published";

    private final PackageStore store;

    PolicyRows(JdbcClient db, PackageStore store) {
        super(db, KIND, "scheme", List.of("""
                select * from (
                  select f.scheme, f.id, f.package_hash, f.from_day, f.decided_by, p.scheme as own_scheme, p.origin, p.frozen_by, p.calendar_version
                  from policies_in_force f join policy_packages p on p.hash = f.package_hash) as held"""));
        this.store = store;
    }

    /** No scheme is as it was recorded while a package of it is not what was frozen. */
    @Override
    public Map<String, String> hashes() {
        Map<String, String> hashes = super.hashes();
        hashes.replaceAll((scheme, hash) ->
                store.history(scheme).stream().allMatch(held -> store.isWhole(held.hash())) ? hash : "altered");
        return hashes;
    }
}

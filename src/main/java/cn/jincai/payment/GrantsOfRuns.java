package cn.jincai.payment;

import cn.jincai.policy.registers.PackagesInUse;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Grants that runs still pay go by the package that they were decided with, for months in which no case and no run is on its way. */
@Component
class GrantsOfRuns implements PackagesInUse {
    private final JdbcClient db;

    GrantsOfRuns(JdbcClient db) {
        this.db = db;
    }

    @Override
    public Set<String> hashes() {
        return new HashSet<>(db.sql("""
                select distinct b.package_hash from run_benefits b
                where not exists (select 1 from ended_grants e where e.case_number = b.case_number and e.benefit = b.benefit)
                  and b.months_limit > (select count(*) from run_months m
                    where m.person_key = b.person_key and m.benefit = b.benefit and m.held_key is not null)""").query(String.class).list());
    }
}

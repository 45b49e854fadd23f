package cn.jincai.demo;

import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.SealedColumns;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is sealed of the demo's sample people. */
@Component
class SampleSeals implements SealedColumns {
    static final SealedColumn TOLD = SealedColumn.of("sample.told", "simulated_people", "sealed_facts", "person_key");

    @Override
    public List<SealedColumn> columns() {
        return List.of(TOLD);
    }
}

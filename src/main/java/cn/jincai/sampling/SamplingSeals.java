package cn.jincai.sampling;

import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.SealedColumns;
import java.util.List;
import org.springframework.stereotype.Component;

/** What supervisors write of a case that was drawn, and the leader of what was done. */
@Component
class SamplingSeals implements SealedColumns {
    static final SealedColumn
            WORDS = SealedColumn.of("sample.words", "sampled_cases", "sealed_words", "sample_month", "case_number"),
            DONE = SealedColumn.of("sample.done", "sampled_cases", "sealed_done", "sample_month", "case_number");

    @Override
    public List<SealedColumn> columns() {
        return List.of(WORDS, DONE);
    }
}

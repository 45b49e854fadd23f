package cn.jincai.review.deadlines;

import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.SealedColumns;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is sealed of an extension. */
@Component
class ExtensionSeals implements SealedColumns {
    static final SealedColumn REASON =
            SealedColumn.of("extension.reason", "case_extensions", "sealed_reason", "case_number");

    @Override
    public List<SealedColumn> columns() {
        return List.of(REASON);
    }
}

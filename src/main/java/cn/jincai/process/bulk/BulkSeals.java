package cn.jincai.process.bulk;

import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.SealedColumns;
import java.util.List;
import org.springframework.stereotype.Component;

/** The one opinion of a bulk approval, until it is each case's own. */
@Component
class BulkSeals implements SealedColumns {
    static final SealedColumn OPINION = SealedColumn.of("bulk.opinion", "bulk_approvals", "sealed_opinion", "row_key");

    @Override
    public List<SealedColumn> columns() {
        return List.of(OPINION);
    }
}

package cn.jincai.audit;

import cn.jincai.audit.AuditLog.Check;
import cn.jincai.kernel.RecordedRows;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Whether the rows that entries tell of are still those that were written. The chain says that the entries are. */
@Component
class RowsAgainstRecord {
    private final AuditLog log;
    private final List<RecordedRows> all;
    private final TransactionTemplate atOneMoment;

    RowsAgainstRecord(AuditLog log, List<RecordedRows> all, PlatformTransactionManager transactions) {
        this.log = log;
        this.all = all;
        atOneMoment = new TransactionTemplate(transactions);
        atOneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ); // a case may move meanwhile
    }

    /** @param chain whole, and no more once a row is found that does not fit */
    Check compared(Check chain) {
        return atOneMoment.execute(status -> {
            for (RecordedRows rows : all) {
                Check compared = compared(chain, rows);
                if (!compared.whole()) return compared;
            }
            return chain;
        });
    }

    private Check compared(Check chain, RecordedRows rows) {
        Map<String, String> now = new HashMap<>(rows.hashes());
        Map<String, AuditEntry> told = new LinkedHashMap<>();
        for (AuditEntry entry : log.lastOfEach(rows.kind()))
            told.put(String.valueOf(rows.whose(entry.caseNumber(), entry.details())), entry);
        for (var one : told.entrySet()) {
            AuditEntry entry = one.getValue();
            String is = now.remove(one.getKey());
            @Nullable String was = entry.details().get(RecordedRows.HASH); // null: from before it was recorded
            if (was != null && !was.equals(is))
                return chain.but(entry.seq(), is == null ? "rowsMissing" : "rowsChanged");
        }
        return now.isEmpty() ? chain : chain.but(chain.entries(), "rowsPutIn");
    }
}

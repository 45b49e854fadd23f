package cn.jincai.filing.searches;

import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.SealedColumns;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is sealed of a search that is kept. */
@Component
class SearchSeals implements SealedColumns {
    static final SealedColumn SEARCH =
            SealedColumn.of("search.kept", "saved_searches", "sealed_search", "account", "row_key");

    @Override
    public List<SealedColumn> columns() {
        return List.of(SEARCH);
    }
}

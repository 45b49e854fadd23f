package cn.jincai.review.panel;

import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.SealedColumns;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is sealed of panels: an expert's reasons. */
@Component
class PanelSeals implements SealedColumns {
    static final SealedColumn VOTE =
            SealedColumn.of("vote.words", "panel_seats", "sealed_words", "panel_id", "account");

    @Override
    public List<SealedColumn> columns() {
        return List.of(VOTE);
    }
}

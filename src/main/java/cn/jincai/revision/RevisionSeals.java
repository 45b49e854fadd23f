package cn.jincai.revision;

import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.SealedColumns;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is sealed of matters after a decision: why, what is to be changed, and what was said of it. */
@Component
class RevisionSeals implements SealedColumns {
    static final SealedColumn WORDS = SealedColumn.of("revision.words", "revisions", "sealed_words", "row_key"),
            CHANGE = SealedColumn.of("revision.change", "revisions", "sealed_change", "row_key"),
            SAID = SealedColumn.of("revision.said", "revision_steps", "sealed_words", "row_key");

    @Override
    public List<SealedColumn> columns() {
        return List.of(WORDS, CHANGE, SAID);
    }
}

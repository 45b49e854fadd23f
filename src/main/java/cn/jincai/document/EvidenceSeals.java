package cn.jincai.document;

import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.SealedColumns;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is sealed of documents. A file's own key is bound to the file, whichever table names it. */
@Component
class EvidenceSeals implements SealedColumns {
    static final SealedColumn FILE_KEY = SealedColumn.of("paper.key", "evidence", "sealed_key", "place"),
            ISSUED_KEY = SealedColumn.of(FILE_KEY.label(), "issued_documents", "sealed_key", "place"),
            FILE_NAME = SealedColumn.of("paper.file-name", "evidence", "sealed_file_name", "place"),
            UPLOAD_NAME = SealedColumn.of("upload.file-name", "uploads", "sealed_file_name", "row_key"),
            PART_KEY = SealedColumn.of(FILE_KEY.label(), "upload_parts", "sealed_key", "place"),
            TOLD =
                    SealedColumn.of(
                            "document.told", "issued_documents", "sealed_content", "case_number", "document_number");

    @Override
    public List<SealedColumn> columns() {
        return List.of(FILE_KEY, ISSUED_KEY, PART_KEY, FILE_NAME, UPLOAD_NAME, TOLD);
    }
}

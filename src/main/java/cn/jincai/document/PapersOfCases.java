package cn.jincai.document;

import cn.jincai.kernel.CaseContents;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.vault.Vault;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Papers that were handed in and documents that were issued. A file whose key is gone opens no more, even where the disk still has it. */
@Component
class PapersOfCases implements CaseContents {
    private final JdbcClient jdbc;
    private final Evidence evidence;
    private final ArrivingFiles uploads;
    private final EncryptedFiles shelf;
    private final Vault vault;

    PapersOfCases(JdbcClient jdbc, Evidence evidence, ArrivingFiles uploads, EncryptedFiles shelf, Vault vault) {
        this.jdbc = jdbc;
        this.evidence = evidence;
        this.uploads = uploads;
        this.shelf = shelf;
        this.vault = vault;
    }

    private record Issued(long id, String documentNumber) {}

    @Override
    public void erase(CaseNumber number) {
        evidence.deleteAll(number);
        uploads.forget(number);
        jdbc.sql("select place from issued_documents where case_number = ? and place is not null")
                .param(number.value())
                .query(String.class)
                .list()
                .forEach(shelf::remove);
        for (Issued issued : jdbc.sql("select id, document_number from issued_documents where case_number = ?")
                .param(number.value())
                .query(Issued.class)
                .list())
            jdbc.sql(
                            "update issued_documents set sealed_content = ?, sha256 = null, place = null, sealed_key = null where id = ?")
                    .params(vault.seal(EvidenceSeals.TOLD, "{}", number, issued.documentNumber()), issued.id())
                    .update();
    }
}

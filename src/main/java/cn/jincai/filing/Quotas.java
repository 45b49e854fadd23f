package cn.jincai.filing;

import cn.jincai.document.Evidence;
import cn.jincai.document.StoredFile;
import cn.jincai.kernel.Problem;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * How much one account may leave here before it is decided on: no disk is filled by those who never send anything. Far above what an employer's clerk
 * with many applications needs; who meets a limit is told what to take away.
 */
@Component
class Quotas {
    private final CaseTable cases;
    private final Evidence evidence;
    private final int filesANeed, filesACase, draftsAnAccount;
    private final DataSize anAccount;

    /** @param anAccount of all files in cases that are neither signed nor closed */
    Quotas(
            CaseTable cases,
            Evidence evidence,
            @Value("${jincai.quotas.files-a-need}") int filesANeed,
            @Value("${jincai.quotas.files-a-case}") int filesACase,
            @Value("${jincai.quotas.size-an-account}") DataSize anAccount,
            @Value("${jincai.quotas.drafts-an-account}") int draftsAnAccount) {
        this.cases = cases;
        this.evidence = evidence;
        this.filesANeed = filesANeed;
        this.filesACase = filesACase;
        this.anAccount = anAccount;
        this.draftsAnAccount = draftsAnAccount;
    }

    /** @throws Problem CONFLICT (TOO_MANY_DRAFTS); calls at the same moment may pass together */
    void oneMoreDraft(String account) {
        if (cases.count("applicant = ? and stage = ?", List.of(account, Stage.DRAFT)) >= draftsAnAccount)
            throw Problem.conflict("filing.quota.TOO_MANY_DRAFTS", draftsAnAccount);
    }

    /** @throws Problem CONFLICT (TOO_MANY_FILES, TOO_MUCH_STORED); exact for the case, which its caller holds */
    void oneMoreFile(Case file, String need, long bytes) {
        List<StoredFile> there = evidence.of(file.number());
        if (there.stream().filter(one -> one.need().equals(need)).count() >= filesANeed)
            throw Problem.conflict("filing.quota.need.TOO_MANY_FILES", filesANeed);
        if (there.size() >= filesACase) throw Problem.conflict("filing.quota.case.TOO_MANY_FILES", filesACase);
        if (evidence.bytes(cases.undecided(file.applicant())) + bytes > anAccount.toBytes())
            throw Problem.conflict("filing.quota.TOO_MUCH_STORED", anAccount.toMegabytes());
    }
}

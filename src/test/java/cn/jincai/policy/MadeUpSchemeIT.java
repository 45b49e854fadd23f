package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Role;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A fourth scheme is handed in as an official would, with forms and diagrams: nothing is found, and nobody wrote Java for it. */
@CaseTest
class MadeUpSchemeIT {
    @Autowired
    Publication publication;

    @Test
    void aSchemeThatNobodyKnowsIsHandedInWithoutAFinding() {
        var upload = publication.upload(
                PackageZip.write(MadeUpPackage.files()), new Actor("policy-admin", Set.of(Role.POLICY_ADMIN)));
        assertThat(upload.mistakes()).isEmpty();
        assertThat(upload.hash()).isEqualTo(MadeUpPackage.read().hash());
    }
}

package cn.jincai.policy;

import cn.jincai.kernel.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/** The packages in force. One that is broken is told in the log with every mistake and left out; the others run. */
@Service
public class Packages {
    private static final Logger LOG = LoggerFactory.getLogger(Packages.class);

    private final Map<String, PolicyPackage> inForce = new TreeMap<>();

    Packages(PackageFolders folders, ObjectProvider<PackageCheck> checks) {
        for (String scheme : folders.schemes()) {
            try {
                PolicyPackage candidate = PackageReader.read(scheme, folders.files(scheme));
                Findings findings = new Findings();
                checks.orderedStream().forEach(check -> check.check(candidate, findings));
                findings.throwIfAny();
                inForce.put(scheme, candidate);
            } catch (Problem p) {
                LOG.error("Package {} is not loaded:", scheme);
                for (Problem.Mistake m : p.mistakes()) LOG.error("  {}: {} {}", m.field(), m.message().zh(), m.message().en());
            }
        }
    }

    /** @throws Problem NOT_FOUND */
    public PolicyPackage inForce(String scheme) {
        PolicyPackage found = inForce.get(scheme);
        if (found == null) throw Problem.notFound();
        return found;
    }

    public List<PolicyPackage> inForce() {
        return new ArrayList<>(inForce.values());
    }

    /** @throws Problem NOT_FOUND */
    public PolicyPackage byHash(String hash) {
        return inForce.values().stream().filter(p -> p.hash().equals(hash)).findFirst().orElseThrow(Problem::notFound);
    }
}

package cn.jincai.web.portal.screener;

import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The scheme from whose page somebody came, which the address names: what can change its result is asked first. */
record CameFrom(Optional<PolicyPackage> scheme) {
    static CameFrom of(HttpServletRequest request, Packages packages) {
        String code = request.getParameter("scheme");
        return new CameFrom(
                packages.offered().stream().filter(p -> p.scheme().equals(code)).findFirst());
    }

    /** Of the scheme alone; all where there is none. */
    List<PolicyPackage> asked(List<PolicyPackage> all) {
        return scheme.map(List::of).orElse(all);
    }

    /** All, this one first. */
    List<PolicyPackage> first(List<PolicyPackage> all) {
        return Stream.concat(
                        scheme.stream(),
                        all.stream()
                                .filter(other -> scheme.stream()
                                        .noneMatch(p -> p.scheme().equals(other.scheme()))))
                .toList();
    }

    Optional<Scheme> catalogue() {
        return scheme.map(PolicyPackage::catalogue);
    }

    /** To go on with it at another address. */
    String query() {
        return scheme.map(p -> "?scheme=" + p.scheme()).orElse("");
    }
}

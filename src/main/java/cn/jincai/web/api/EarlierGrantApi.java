package cn.jincai.web.api;

import cn.jincai.kernel.Actor;
import cn.jincai.planning.EarlierGrantLists;
import java.util.List;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What the city granted before this system, benefit by benefit. */
@RestController
class EarlierGrantApi {
    private final EarlierGrantLists lists;

    EarlierGrantApi(EarlierGrantLists lists) {
        this.lists = lists;
    }

    record Loaded(String benefit, int grants) {}

    @PutMapping("/api/earlier-grants/{benefit}")
    @PreAuthorize("hasAuthority('policy-admin')")
    Loaded load(Actor who, @PathVariable String benefit, @RequestBody List<EarlierGrantLists.Line> lines) {
        return new Loaded(benefit, lists.load(benefit, lines, who));
    }
}

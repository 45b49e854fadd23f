package cn.jincai.demo;

import cn.jincai.kernel.Actor;
import cn.jincai.planning.EarlierGrantLists;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Publication;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The demo's city has kept its books: of every benefit that a package counts, what was granted before is on record. */
@Component
@Profile("demo")
class DemoEarlierGrants {
    private final EarlierGrantLists lists;
    private final Packages packages;

    DemoEarlierGrants(EarlierGrantLists lists, Packages packages) {
        this.lists = lists;
        this.packages = packages;
    }

    @EventListener
    void fill(Publication.Published published) {
        packages.byHash(published.hash()).catalogue().facts().stream()
                .filter(f -> f.count() != null)
                .flatMap(f -> f.count().benefits().stream())
                .distinct()
                .forEach(benefit -> lists.mark(benefit, Actor.SYSTEM));
    }
}

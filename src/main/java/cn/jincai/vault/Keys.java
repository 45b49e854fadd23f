package cn.jincai.vault;

import java.util.List;

/** The keys that were given: the first one seals, all of them open. */
record Keys(List<MasterKey> all) {
    MasterKey inUse() {
        return all.get(0);
    }

    /** Knows no database: it opens whatever one of the keys sealed. */
    Vault alone() {
        return new Vault(all, inUse().marking());
    }
}

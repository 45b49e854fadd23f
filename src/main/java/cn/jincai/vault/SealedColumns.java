package cn.jincai.vault;

import java.util.List;

/** What a room seals; all rooms together name everything that {@link Reseal} has to seal anew. */
public interface SealedColumns {
    List<SealedColumn> columns();

    /** Writes a value that was sealed anew. Where a mark stands over the sealed text, the row gets the one that belongs to it, unless another hand has changed the row. */
    default void write(SealedColumn column, List<Object> key, Runnable update) {
        update.run();
    }
}

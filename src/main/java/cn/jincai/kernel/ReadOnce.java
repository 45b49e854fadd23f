package cn.jincai.kernel;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What a transaction has read of a table, so that a step that needs a row many times fetches and opens it once. Whoever changes a row forgets
 * it here, and a row read under a lock is kept in place of an earlier reading. Outside a transaction each question is a reading of its own.
 */
public final class ReadOnce<K, V> {
    private final Function<K, V> reading;

    public ReadOnce(Function<K, V> reading) {
        this.reading = reading;
    }

    public V get(K key) {
        Map<K, V> rows = ofThisTransaction();
        V row = rows.get(key);
        if (row == null) rows.put(key, row = reading.apply(key));
        return row;
    }

    public V keep(K key, V row) {
        ofThisTransaction().put(key, row);
        return row;
    }

    public void forget() {
        ofThisTransaction().clear();
    }

    @SuppressWarnings("unchecked") // bound below
    private Map<K, V> ofThisTransaction() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()) return new HashMap<>();
        Map<K, V> rows = (Map<K, V>) TransactionSynchronizationManager.getResource(this);
        if (rows == null) {
            rows = new HashMap<>();
            TransactionSynchronizationManager.bindResource(this, rows);
            TransactionSynchronizationManager.registerSynchronization(new Bound(rows));
        }
        return rows;
    }

    private class Bound implements TransactionSynchronization {
        private final Map<K, V> rows;

        Bound(Map<K, V> rows) {
            this.rows = rows;
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(ReadOnce.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(ReadOnce.this, rows);
        }

        @Override
        public void savepointRollback(Object savepoint) {
            rows.clear();
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(ReadOnce.this);
        }
    }
}

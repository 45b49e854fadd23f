package cn.jincai.process.bulk;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Text;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one officer approves together.
 *
 * @param step  the key of the step that all of them wait at
 * @param dueAt when it is carried out; until then each can be taken back
 * @param open  something of it waits
 */
public record BulkApproval(
        long id,
        String account,
        String scheme,
        String step,
        Instant madeAt,
        Instant dueAt,
        boolean open,
        List<Item> items) {

    /**
     * One task of it.
     *
     * @param payment   where it is about one
     * @param amountFen as it was shown, in fen
     * @param reason    why it was left out, or what else came of it
     */
    public record Item(
            long id,
            String task,
            CaseNumber number,
            @Nullable Long payment,
            long amountFen,
            boolean heldBefore,
            State state,
            @Nullable Text reason) {}

    /** Where one of them stands. */
    public enum State {
        WAITING("waiting"),
        DONE("done"),
        TAKEN_BACK("taken-back"),
        LEFT_OUT("left-out");

        private final String code;

        State(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        static State of(String code) {
            return Stream.of(values())
                    .filter(s -> s.code.equals(code))
                    .findFirst()
                    .orElseThrow();
        }
    }

    BulkApproval with(List<Item> these) {
        return new BulkApproval(id, account, scheme, step, madeAt, dueAt, open, these);
    }

    public List<Item> in(State state) {
        return items.stream().filter(item -> item.state == state).toList();
    }

    public int count(String state) {
        return in(State.of(state)).size();
    }

    /** What those in this state come to, in fen. */
    public long sumFen(String state) {
        return in(State.of(state)).stream().mapToLong(Item::amountFen).sum();
    }
}

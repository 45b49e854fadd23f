package cn.jincai.review;

import cn.jincai.filing.Case;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.TaskRef;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All opinions of a case in their order. The words are sealed; a task gives one opinion only. */
@Component
class Opinions {
    private final JdbcClient db;
    private final Vault vault;
    private final JsonColumns json;
    private final CityClock clock;

    Opinions(JdbcClient db, Vault vault, JsonColumns json, CityClock clock) {
        this.db = db;
        this.vault = vault;
        this.json = json;
        this.clock = clock;
    }

    void add(
            TaskRef task,
            Actor by,
            String outcome,
            @Nullable String words,
            List<String> waived,
            List<String> refused,
            List<Opinion.Outcome> result) {
        add(task, by, outcome, words, new Statement(waived, refused), result);
    }

    void add(
            TaskRef task,
            Actor by,
            String outcome,
            @Nullable String words,
            Statement said,
            List<Opinion.Outcome> result) {
        try {
            db.sql("""
                insert into opinions (case_number, step, task, account, outcome, sealed_words, waived, refused, refused_lines, cleared_lines, result, at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                    .params(
                            task.ofCase().value(),
                            task.step().key(),
                            task.id(),
                            by.account(),
                            outcome,
                            vault.seal(ReviewSeals.OPINION, words, task.ofCase(), task.id()),
                            json.write(said.waived()),
                            json.write(said.refused()),
                            json.write(said.refusedLines()),
                            json.write(said.clearedLines()),
                            json.write(result),
                            clock.timestamp())
                    .update();
        } catch (DuplicateKeyException twice) {
            throw Problem.conflict("review.DONE_ALREADY");
        }
    }

    List<Opinion> of(CaseNumber number) {
        return db.sql("select * from opinions where case_number = ? order by id")
                .param(number.value())
                .query((row, n) -> new Opinion(
                        row.getLong("id"),
                        row.getString("step"),
                        row.getString("account"),
                        row.getString("outcome"),
                        vault.open(ReviewSeals.OPINION, Sealed.in(row, "sealed_words"), number, row.getString("task")),
                        texts(row.getString("waived")),
                        texts(row.getString("refused")),
                        texts(row.getString("refused_lines")),
                        texts(row.getString("cleared_lines")),
                        json.read(row.getString("result"), new TypeReference<List<Opinion.Outcome>>() {}),
                        Instants.always(row, "at")))
                .list();
    }

    /** The last review that said what is granted and refused; a return says nothing of that. */
    Optional<Opinion> lastReview(Case file) {
        List<String> reviews = file.stage().steps().keys(Kind.REVIEWS);
        return last(of(file.number()).stream()
                .filter(o -> reviews.contains(o.step()) && !o.outcome().equals("return"))
                .toList());
    }

    static <T> Optional<T> last(List<T> list) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(list.size() - 1));
    }

    private List<String> texts(String value) {
        return json.read(value, new TypeReference<List<String>>() {});
    }
}

package cn.jincai.demo;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.payment.BankAnswers;
import cn.jincai.payment.BankFile;
import cn.jincai.payment.Batches;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The demo's bank: writes the answer file of each batch that waits for one, and has it loaded like any bank's. */
@Service
@Profile("demo")
public class BankSimulator {
    private final JdbcClient jdbc;
    private final Batches batches;
    private final BankAnswers answers;

    BankSimulator(JdbcClient jdbc, Batches batches, BankAnswers answers) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.answers = answers;
    }

    /** @param answer {@code accept} or {@code refuse}; to all payments sent and not answered */
    @Transactional
    public List<BankAnswers.Loaded> answer(Actor by, String answer) {
        if (!"accept".equals(answer) && !"refuse".equals(answer))
            throw Problem.invalid("answer", "demo.UNKNOWN_ANSWER");
        return batches.unanswered().stream()
                .map(b -> answers.load(by, b.id(), file(b.id(), answer.equals("accept"))))
                .toList();
    }

    private byte[] file(long batch, boolean accept) {
        return BankFile.writeAnswers(jdbc.sql(
                        "select payment_id, amount_fen from payment_batch_items where batch_id = ? and answer is null order by payment_id")
                .param(batch)
                .query((row, n) -> new BankFile.AnswerLine(
                        n,
                        batch,
                        row.getLong("payment_id"),
                        row.getLong("amount_fen"),
                        accept ? "paid" : "refused",
                        accept ? "" : "ACCOUNT_NOT_FOUND",
                        accept ? "SIM%d-%d".formatted(batch, row.getLong("payment_id")) : ""))
                .list());
    }
}

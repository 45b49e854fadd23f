package cn.jincai.payment;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Sha256;
import cn.jincai.kernel.Spelling;
import cn.jincai.kernel.Text;
import cn.jincai.payment.ledger.Payment;
import cn.jincai.payment.ledger.PaymentHistory;
import cn.jincai.payment.ledger.PaymentRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The bank's answers 银行回执 and how they fit what was sent 对账. A line that does not fit changes nothing and is told. */
@Service
public class BankAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(BankAnswers.class);

    /** What a spreadsheet makes of a long number: its last digits are gone. */
    private static final String ROUNDED = "\\d([.,]\\d+)?[Ee][+-]?\\d{1,3}";

    private static final String CODE = "[A-Za-z0-9_.-]{0,40}";

    private final JdbcClient jdbc;
    private final CityClock clock;
    private final PaymentRows rows;
    private final Batches batches;
    private final Budget budget;
    private final PaymentHistory history;
    private final Payees payees;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate savepoint;

    BankAnswers(
            JdbcClient jdbc,
            CityClock clock,
            PaymentRows rows,
            Batches batches,
            Budget budget,
            PaymentHistory history,
            Payees payees,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.rows = rows;
        this.batches = batches;
        this.budget = budget;
        this.history = history;
        this.payees = payees;
        this.events = events;
        this.savepoint = new TransactionTemplate(
                transactions, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED));
    }

    /**
     * What became of one line of a file.
     *
     * @param line    of the file, the header being line 1
     * @param payment as the bank wrote it, null where that is no number
     * @param found   {@code matched}, {@code unknown-payment}, {@code wrong-batch}, {@code another-sum}, {@code answered-already},
     *                {@code contradicts-itself}, {@code malformed} or {@code stuck}, where the case can't go on by it
     */
    public record Line(
            int line, @Nullable Long payment, @Nullable Long amountFen, String found, Text text) {
        public boolean matched() {
            return found.equals("matched");
        }
    }

    /** A loaded file, line by line. */
    public record Loaded(long id, long batch, String sha256, Instant at, String by, List<Line> lines) {
        public long matched() {
            return lines.stream().filter(Line::matched).count();
        }

        public List<Line> differences() {
            return lines.stream().filter(l -> !l.matched()).toList();
        }
    }

    private record Item(
            long payment, long amountFen, @Nullable String answer) {}

    /** Loads a file for this batch. @throws cn.jincai.kernel.Problem INVALID where it can't be read as a whole; nothing is changed then */
    @Transactional
    public Loaded load(Actor by, long batch, byte[] file) {
        batches.find(batch);
        List<BankFile.AnswerLine> answers = BankFile.readAnswers(file);
        Map<Long, Item> sent = lockItems(batch);
        Map<Long, List<BankFile.AnswerLine>> byPayment = answers.stream()
                .filter(a -> a.payment() != null)
                .collect(Collectors.groupingBy(BankFile.AnswerLine::payment));
        List<Line> lines = new ArrayList<>();
        for (var answer : answers) {
            Line line = compare(batch, answer, sent, byPayment.getOrDefault(answer.payment(), List.of(answer)));
            lines.add(line.matched() && !taken(by, batch, answer) ? stuck(answer) : line);
        }
        Loaded loaded = keep(by, batch, Sha256.of(file), lines);
        events.publishEvent(CaseEvent.forAuditors(
                "payment.event.bank-answers-loaded",
                by,
                by.is(Role.FINANCE) ? Role.FINANCE : null,
                Map.of("batch", Long.toString(batch), "sha256", loaded.sha256()),
                batch,
                loaded.matched(),
                loaded.differences().size()));
        return loaded;
    }

    private Line compare(long batch, BankFile.AnswerLine a, Map<Long, Item> sent, List<BankFile.AnswerLine> same) {
        Optional<String> malformed = malformed(a);
        if (malformed.isPresent()) return line(a, malformed.get() + ".malformed");
        long named = Objects.requireNonNull(a.batch());
        if (named != batch) return line(a, "wrong-batch", named);
        Item item = sent.get(a.payment());
        if (item == null) return elsewhere(a);
        if (item.answer() != null) return line(a, item.answer() + ".answered-already");
        if (!Objects.equals(item.amountFen(), a.amountFen())) return line(a, "another-sum");
        if (same.stream().anyMatch(o -> !sameAnswer(o, a))) return line(a, "contradicts-itself");
        if (same.get(0) != a) return line(a, "twice.answered-already");
        return line(
                a,
                a.result().equals("refused") && notTold(a).isPresent()
                        ? notTold(a).get() + ".matched"
                        : "matched");
    }

    /** The first column of a line that can't be read. */
    private static Optional<String> malformed(BankFile.AnswerLine a) {
        if (a.batch() == null) return Optional.of("batch");
        if (a.payment() == null) return Optional.of("payment");
        if (a.amountFen() == null) return Optional.of("amount");
        if (!(a.result().equals("paid") || a.result().equals("refused"))) return Optional.of("result");
        return a.result().equals("refused") ? Optional.empty() : notTold(a);
    }

    /** What a line says beside the answer and can't be taken. A refusal counts all the same: the money has come back, whatever the reason is called. */
    private static Optional<String> notTold(BankFile.AnswerLine a) {
        if (a.result().equals("refused") && a.code().isEmpty()) return Optional.of("noCode");
        if (a.code().matches(ROUNDED)) return Optional.of("roundedCode");
        if (!a.code().matches(CODE)) return Optional.of("code");
        if (a.reference().matches(ROUNDED)) return Optional.of("roundedReference");
        return isReference(a.reference()) ? Optional.empty() : Optional.of("reference");
    }

    private static boolean isReference(String text) {
        return text.length() <= 60
                && !text.matches(ROUNDED)
                && Spelling.mistakeInName("reference", text).isEmpty();
    }

    private Line elsewhere(BankFile.AnswerLine a) {
        boolean exists = jdbc.sql("select count(*) > 0 from payment_batch_items where payment_id = ?")
                .param(a.payment())
                .query(Boolean.class)
                .single();
        return exists ? line(a, "elsewhere.wrong-batch") : line(a, "unknown-payment");
    }

    private static boolean sameAnswer(BankFile.AnswerLine a, BankFile.AnswerLine b) {
        return Objects.equals(a.batch(), b.batch())
                && Objects.equals(a.amountFen(), b.amountFen())
                && a.result().equals(b.result())
                && a.code().equals(b.code());
    }

    private static Line line(BankFile.AnswerLine a, String key, Object... values) {
        return new Line(
                a.line(), a.payment(), a.amountFen(), Problem.codeOf(key), Text.of("payment.answer." + key, values));
    }

    /** False where the case can't go on by it: what was begun for this line is undone, and the bank's other lines are taken all the same. */
    private boolean taken(Actor by, long batch, BankFile.AnswerLine a) {
        try {
            savepoint.executeWithoutResult(inside -> take(by, batch, a));
            return true;
        } catch (RuntimeException stuck) {
            LOG.error(
                    "The bank's answer to payment {} could not be taken: {}",
                    a.payment(),
                    stuck.getClass().getName());
            return false;
        }
    }

    private Line stuck(BankFile.AnswerLine a) {
        Payment p = rows.find(a.ofPayment());
        String of = p.run() == null ? p.number().value() : p.run();
        return line(a, "stuck", of);
    }

    private void take(Actor by, long batch, BankFile.AnswerLine a) {
        Payment p = rows.hold(a.ofPayment());
        boolean paid = a.result().equals("paid");
        String reference = a.reference().isEmpty() || !isReference(a.reference()) ? null : a.reference();
        boolean told =
                !a.code().isEmpty() && a.code().matches(CODE) && !a.code().matches(ROUNDED);
        jdbc.sql(
                        "update payment_batch_items set answer = ?, answer_code = ?, bank_reference = ?, answered_at = ? where batch_id = ? and payment_id = ?")
                .params(Arrays.asList(a.result(), told ? a.code() : null, reference, clock.timestamp(), batch, p.id()))
                .update();
        Text benefit = payees.benefit(p);
        if (paid) {
            rows.change(p.id(), sent -> sent.answered(null, reference));
            history.happened(p, "paid", Text.of("payment.event.paid", benefit), by, Audience.APPLICANT);
        } else {
            budget.release(p, by);
            PaymentStop stop = told
                    ? PaymentStop.of("payment.stop.BANK_REFUSED", a.code())
                    : PaymentStop.of("payment.stop.noCode.BANK_REFUSED");
            Text words = Text.of("payment.event.refused", benefit);
            rows.change(p.id(), sent -> sent.answered(stop, reference));
            history.happened(p, "refused", words, by, Audience.APPLICANT);
        }
        events.publishEvent(new BankAnswered(p.id(), paid));
    }

    /** In the order of the payments, so that two files loaded at once don't wait for each other for ever. */
    private Map<Long, Item> lockItems(long batch) {
        return jdbc
                .sql(
                        "select payment_id, amount_fen, answer from payment_batch_items where batch_id = ? order by payment_id for update")
                .param(batch)
                .query((row, n) ->
                        new Item(row.getLong("payment_id"), row.getLong("amount_fen"), row.getString("answer")))
                .list()
                .stream()
                .collect(Collectors.toMap(Item::payment, i -> i, (a, b) -> a, TreeMap::new));
    }

    private Loaded keep(Actor by, long batch, String sha256, List<Line> lines) {
        var id = new GeneratedKeyHolder();
        jdbc.sql("insert into bank_answers (batch_id, sha256, loaded_at, loaded_by) values (?, ?, ?, ?)")
                .params(batch, sha256, clock.timestamp(), by.account())
                .update(id, "id");
        long answer = id.getKeyAs(Number.class).longValue();
        for (Line l : lines)
            jdbc.sql(
                            "insert into bank_answer_lines (answer_id, line_number, named_payment, amount_fen, found, zh, en) values (?, ?, ?, ?, ?, ?, ?)")
                    .params(Arrays.asList(
                            answer,
                            l.line(),
                            l.payment(),
                            l.amountFen(),
                            l.found(),
                            l.text().zh(),
                            l.text().en()))
                    .update();
        return new Loaded(answer, batch, sha256, clock.instant(), by.account(), lines);
    }

    /** The files loaded for a batch, newest first. */
    @Transactional(readOnly = true)
    public List<Loaded> of(long batch) {
        return jdbc.sql("select * from bank_answers where batch_id = ? order by id desc")
                .param(batch)
                .query((row, n) -> new Loaded(
                        row.getLong("id"),
                        batch,
                        row.getString("sha256"),
                        Instants.always(row, "loaded_at"),
                        row.getString("loaded_by"),
                        linesOf(row.getLong("id"))))
                .list();
    }

    private List<Line> linesOf(long answer) {
        return jdbc.sql("select * from bank_answer_lines where answer_id = ? order by line_number")
                .param(answer)
                .query((row, n) -> new Line(
                        row.getInt("line_number"),
                        row.getObject("named_payment", Long.class),
                        row.getObject("amount_fen", Long.class),
                        row.getString("found"),
                        new Text(row.getString("zh"), row.getString("en"))))
                .list();
    }
}

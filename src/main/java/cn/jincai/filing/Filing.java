package cn.jincai.filing;

import cn.jincai.applicant.BankAccount;
import cn.jincai.applicant.BankAccounts;
import cn.jincai.document.Evidence;
import cn.jincai.document.InspectedFile;
import cn.jincai.document.StoredFile;
import cn.jincai.filing.completeness.Completeness;
import cn.jincai.filing.events.AccountAnswered;
import cn.jincai.filing.events.Withdrawn;
import cn.jincai.filing.mandates.Mandates;
import cn.jincai.filing.remembered.Origin;
import cn.jincai.filing.remembered.Prefill;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Step.Kind;
import cn.jincai.vault.Vault;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The applicant's side of a case until it is sent: draft, answers, documents, and taking it back. */
@Service
public class Filing {
    private static final Set<String> ACCOUNT = Set.of("accountHolder", "bankName", "bankAccount");
    private static final int LONGEST_REASON = 1000;

    private final CaseTable cases;
    private final CaseFile files;
    private final Access access;
    private final KeptCases kept;
    private final Packages packages;
    private final Completeness completeness;
    private final Evidence evidence;
    private final Mandates mandates;
    private final Quotas quotas;
    private final Identity identity;
    private final Prefill prefill;
    private final Vault vault;
    private final BankAccounts bankAccounts;
    private final Traces traces;
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final TransactionTemplate savepoint;
    private final ApplicationEventPublisher events;

    Filing(
            CaseTable cases,
            CaseFile files,
            Access access,
            KeptCases kept,
            Packages packages,
            Completeness completeness,
            Evidence evidence,
            Mandates mandates,
            Quotas quotas,
            Identity identity,
            Prefill prefill,
            Vault vault,
            BankAccounts bankAccounts,
            Traces traces,
            JdbcClient db,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.cases = cases;
        this.files = files;
        this.access = access;
        this.kept = kept;
        this.packages = packages;
        this.completeness = completeness;
        this.evidence = evidence;
        this.mandates = mandates;
        this.quotas = quotas;
        this.identity = identity;
        this.prefill = prefill;
        this.vault = vault;
        this.bankAccounts = bankAccounts;
        this.traces = traces;
        this.db = db;
        this.transaction = new TransactionTemplate(transactions);
        this.savepoint = new TransactionTemplate(
                transactions, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED));
        this.events = events;
    }

    /**
     * Begins a draft. The same request key with the same body gives the same case again.
     *
     * @param answers what is known already, or null for an empty draft
     * @param request the caller's key for this request, or null
     * @throws Problem INVALID for the same key with another body, or for an answer that the form doesn't know, CONFLICT (TOO_MANY_DRAFTS)
     */
    @Transactional
    public CaseView open(Actor who, String scheme, @Nullable ObjectNode answers, @Nullable String request) {
        return open(who, scheme, answers, request, false, false);
    }

    /** The same, and what is known of the applicant already is filled in where nothing was told (decision 222). */
    @Transactional
    public CaseView openRemembering(Actor who, String scheme, @Nullable ObjectNode answers, @Nullable String request) {
        return open(who, scheme, answers, request, false, true);
    }

    /** A sample of the demo: marked as such and left out of every figure. */
    @Transactional
    public CaseView openSample(Actor who, String scheme, @Nullable ObjectNode answers) {
        return open(who, scheme, answers, null, true, false);
    }

    private CaseView open(
            Actor who,
            String scheme,
            @Nullable ObjectNode answers,
            @Nullable String request,
            boolean sample,
            boolean remember) {
        PolicyPackage pack = packages.offered(scheme);
        boolean employer = pack.catalogue().applying().employer();
        if (employer) identity.mustBeClerk(who);
        else if (!who.is(Role.APPLICANT)) throw Problem.forbidden("filing.NOT_AN_APPLICANT");
        ObjectNode told = answers == null ? JsonNodeFactory.instance.objectNode() : answers.deepCopy();
        String body = vault.fingerprint("answers", scheme + told);
        Optional<CaseNumber> earlier = earlier(who, request, body);
        if (earlier.isPresent()) return show(cases.get(earlier.get()));
        if (!sample) quotas.oneMoreDraft(who.account());
        if (!employer) identity.fill(who.account(), told);
        refuse(completeness.draftMistakes(List.of(pack), told));
        if (employer) identity.fillEmployer(identity.employerOf(who), told);
        Map<String, Origin> known = prefill.begin(who, pack, told, remember);
        CaseNumber number;
        try {
            number = savepoint.execute(inside -> insert(who, scheme, pack, told, sample, request, body));
        } catch (DuplicateKeyException meanwhile) { // the same request, sent in the same moment
            return show(cases.get(earlier(who, request, body).orElseThrow()));
        }
        prefill.keep(number, known);
        tell(cases.get(number), "opened", who, Audience.APPLICANT);
        return show(cases.get(number));
    }

    /**
     * A draft for somebody else, with his data alone, begun by whoever files for him; who that is and that he may is asked and put on record before and after.
     *
     * @param applicant an account of a person
     * @throws Problem INVALID for what employers apply for, CONFLICT (TOO_MANY_DRAFTS)
     */
    @Transactional
    public CaseNumber openFor(String applicant, String scheme) {
        PolicyPackage pack = packages.offered(scheme);
        if (pack.catalogue().applying().employer()) throw Problem.invalid("scheme", "filing.mandate.SCHEME");
        quotas.oneMoreDraft(applicant);
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        identity.fill(applicant, told);
        return cases.insert(scheme, pack.hash(), applicant, null, completeness.spelt(pack, told), false);
    }

    /** The case that this request has begun already. @param request null where it has no key */
    private Optional<CaseNumber> earlier(Actor who, @Nullable String request, String body) {
        if (request == null) return Optional.empty();
        var earlier = db.sql("select case_number, body from case_requests where applicant = ? and request = ?")
                .params(who.account(), request)
                .query((row, n) -> Map.entry(new CaseNumber(row.getString("case_number")), row.getString("body")))
                .optional();
        if (earlier.isPresent() && !earlier.get().getValue().equals(body))
            throw Problem.of(Problem.Kind.INVALID, "filing.KEY_REUSED");
        return earlier.map(Map.Entry::getKey);
    }

    private CaseNumber insert(
            Actor who,
            String scheme,
            PolicyPackage pack,
            ObjectNode told,
            boolean sample,
            @Nullable String request,
            String body) {
        boolean employer = pack.catalogue().applying().employer();
        CaseNumber number = cases.insert(
                scheme,
                pack.hash(),
                who.account(),
                employer ? identity.employerOf(who).code() : null,
                completeness.spelt(pack, told),
                sample);
        if (request != null) {
            db.sql("insert into case_requests (applicant, request, body, case_number) values (?, ?, ?, ?)")
                    .params(who.account(), request, body, number.value())
                    .update();
        }
        return number;
    }

    /**
     * Changes answers by a merge patch (RFC 7396): null takes an answer away.
     *
     * @param version the one that the caller saw
     * @throws Problem STALE when somebody changed it meanwhile, CONFLICT for an answer that is not open now
     */
    @Transactional
    public CaseView answer(Actor who, CaseNumber number, JsonNode patch, long version) {
        Case file = own(who, number);
        if (file.version() != version) throw Problem.of(Problem.Kind.STALE, "filing.CHANGED_MEANWHILE");
        if (!patch.isObject()) throw Problem.invalid("answers", "filing.NOT_AN_OBJECT");
        ObjectNode answers = file.answers().deepCopy();
        ObjectNode change = completeness.spelt(packages.byHash(file.packageHash()), patch.deepCopy());
        change.fields().forEachRemaining(e -> {
            if (!isOpen(file, e.getKey())) throw Problem.conflict("filing.answer.NOT_OPEN", e.getKey());
            if (e.getValue().isNull()) answers.remove(e.getKey());
            else answers.set(e.getKey(), e.getValue());
        });
        refuse(completeness.draftMistakes(packs(file), patch));
        if (file.accountAsked() != null)
            refuse(completeness.mistakesIn(packages.byHash(file.packageHash()), answers, ACCOUNT));
        if (file.accountAsked() != null
                && patch.has("bankAccount")
                && bankAccounts.isSetAside(number, account(answers)))
            throw Problem.invalid("bankAccount", "filing.ACCOUNT_AS_BEFORE");
        prefill.changed(
                packages.byHash(file.packageHash()),
                file,
                answers,
                change.properties().stream().map(Map.Entry::getKey).toList(),
                key -> isOpen(file, key));
        cases.change(number, c -> c.answered(answers));
        Long payment = file.accountAsked();
        if (payment != null && patch.has("bankAccount")) accountGiven(who, file, payment, answers);
        return show(cases.get(number));
    }

    /** Answers that were found instead of typed. @param origin where; null where choosing one is answering oneself */
    @Transactional
    public CaseView answerKnown(Actor who, CaseNumber number, ObjectNode patch, long version, @Nullable Origin origin) {
        CaseView answered = answer(who, number, patch, version);
        Map<String, Origin> known = new HashMap<>();
        if (origin != null) patch.fieldNames().forEachRemaining(key -> known.put(key, origin));
        prefill.keep(number, known);
        return answered;
    }

    /** What may be changed now: everything in a draft, what was asked for in a supplement, the account where one is asked for. */
    boolean isOpen(Case file, String item) {
        if (file.stage().is(Kind.ASKS_APPLICANT)
                        && file.asked().stream().anyMatch(a -> a.item().equals(item))
                || identity.goesWith(file).contains(item)) return true;
        if (identity.isTheAccounts(file, item)) return false;
        return file.isDraft() || file.accountAsked() != null && ACCOUNT.contains(item);
    }

    /** A draft that was begun under an older package goes on to the one in force when it is sent: until then it may answer what either asks. */
    private List<PolicyPackage> packs(Case file) {
        PolicyPackage own = packages.byHash(file.packageHash());
        return file.isDraft() ? List.of(own, packages.inForce(file.scheme())) : List.of(own);
    }

    /** The draft goes on with the form in force. Every answer stays, also those that are no longer asked, until it is sent. */
    @Transactional
    public CaseView renew(Actor who, CaseNumber number) {
        Case file = own(who, number);
        if (!file.isDraft()) throw Problem.conflict("filing.renew.NOT_A_DRAFT");
        cases.change(number, c -> c.renewed(packages.inForce(c.scheme()).hash()));
        return show(cases.get(number));
    }

    private void accountGiven(Actor who, Case file, long payment, ObjectNode answers) {
        bankAccounts.name(file.number(), account(answers));
        traces.keep(packages.byHash(file.packageHash()), file.person(), answers);
        cases.change(file.number(), c -> c.asksAccount(null));
        tell(file, "account-given", who, Audience.APPLICANT);
        events.publishEvent(new AccountAnswered(file.number(), payment));
    }

    static BankAccount account(ObjectNode answers) {
        return new BankAccount(
                answers.path("accountHolder").asText(),
                answers.path("bankName").asText(),
                answers.path("bankAccount").asText());
    }

    @Transactional
    public void discard(Actor who, CaseNumber number) {
        Case file = own(who, number);
        if (!file.isDraft()) throw Problem.conflict("filing.discard.NOT_A_DRAFT");
        kept.discard(number);
    }

    /** The file is looked at between two looks at the case, so that nobody waits for that. */
    public StoredFile attach(Actor who, CaseNumber number, String need, String fileName, InputStream content) {
        transaction.executeWithoutResult(step -> mayAttach(who, number, need, 0));
        InspectedFile paper = evidence.look(content);
        return transaction.execute(step -> {
            mayAttach(who, number, need, paper.content().length);
            return evidence.store(number, need, fileName, paper);
        });
    }

    /** As {@link #attach}, in the place of a file that is there. */
    public StoredFile replace(Actor who, CaseNumber number, long document, String fileName, InputStream content) {
        transaction.executeWithoutResult(step -> mayReplace(who, number, document));
        InspectedFile paper = evidence.look(content);
        return transaction.execute(step -> {
            mayReplace(who, number, document);
            return evidence.replace(number, document, fileName, paper);
        });
    }

    /** Turns a photo that was handed in a quarter to the right. */
    @Transactional
    public StoredFile turn(Actor who, CaseNumber number, long document) {
        mayReplace(who, number, document);
        return evidence.turn(number, document);
    }

    private void mayReplace(Actor who, CaseNumber number, long document) {
        Case file = own(who, number);
        if (!isOpen(file, evidence.find(number, document).need())) throw Problem.conflict("filing.document.NOT_OPEN");
    }

    /**
     * Before a file is sent in parts: whether it may be handed in at all.
     *
     * @param bytes of the whole file
     * @throws Problem as {@link #attach}
     */
    @Transactional
    public void mustTake(Actor who, CaseNumber number, String need, long bytes) {
        mayAttach(who, number, need, bytes);
    }

    private void mayAttach(Actor who, CaseNumber number, String need, long bytes) {
        Case file = own(who, number);
        if (packs(file).stream()
                        .flatMap(p -> p.catalogue().documents().stream())
                        .noneMatch(d -> d.code().equals(need))
                && !need.equals(Identity.PAPER.code())
                && !(need.equals(Mandates.PAPER.code()) && mandates.isHeld(who.account(), number)))
            throw Problem.invalid("need", "filing.document.UNKNOWN_DOCUMENT", need);
        if (!isOpen(file, need)) throw Problem.conflict("filing.document.NOT_OPEN");
        quotas.oneMoreFile(file, need, bytes);
    }

    @Transactional
    public void detach(Actor who, CaseNumber number, long document) {
        mayReplace(who, number, document);
        evidence.delete(number, document);
    }

    /**
     * Takes the case back, until the decision is first signed (rulebook 7.9).
     *
     * @param reason in the applicant's words, at most 1000 characters, or null: nobody has to give one
     */
    @Transactional
    public CaseView withdraw(Actor who, CaseNumber number, @Nullable String reason) {
        Case file = own(who, number);
        if (!file.mayBeWithdrawn())
            throw Problem.conflict(
                    file.isDraft()
                            ? "filing.withdraw.draft.TOO_LATE_TO_WITHDRAW"
                            : "filing.withdraw.TOO_LATE_TO_WITHDRAW");
        if (reason != null && reason.length() > LONGEST_REASON)
            throw Problem.invalid("reason", "filing.withdraw.TOO_LONG", LONGEST_REASON);
        String words = reason == null || reason.isBlank() ? null : reason.strip();
        tell(cases.change(number, c -> c.withdrawn(words, cases.moment())), "withdrawn", who, Audience.EVERYONE);
        events.publishEvent(new Withdrawn(number));
        return show(cases.get(number));
    }

    /** The case of its own applicant, held; for anybody else it does not exist. */
    Case own(Actor who, CaseNumber number) {
        Case file = cases.hold(number);
        if (!access.isOwn(who, file)) throw Problem.notFound();
        return file;
    }

    CaseView show(Case file) {
        return files.view(file, Timeline.Reader.APPLICANT);
    }

    void tell(Case file, String kind, Actor by, Audience seenBy, Object... values) {
        Role as = mandates.isHeld(by.account(), file.number()) ? Role.INTAKE : Role.APPLICANT;
        events.publishEvent(file.event(kind, by, as, seenBy, Map.of(), values));
    }

    static void refuse(List<Problem.Mistake> mistakes) {
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
    }
}

package cn.jincai.filing.mandates;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Relatives;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.Filing;
import cn.jincai.filing.Submitted;
import cn.jincai.filing.mandates.Mandates.Kind;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The counter files for somebody who is there or at home 代办、上门办. He is told at once and can stop it; what is sent is his, and others judge it. */
@Service
@Transactional
public class CounterFiling {
    private final Filing filing;
    private final CaseFile cases;
    private final Mandates mandates;
    private final Accounts accounts;
    private final Relatives relatives;
    private final ApplicationEventPublisher events;

    CounterFiling(
            Filing filing,
            CaseFile cases,
            Mandates mandates,
            Accounts accounts,
            Relatives relatives,
            ApplicationEventPublisher events) {
        this.filing = filing;
        this.cases = cases;
        this.mandates = mandates;
        this.accounts = accounts;
        this.relatives = relatives;
        this.events = events;
    }

    /**
     * Begins a draft of somebody else.
     *
     * @param person his account, or the number of his document
     * @param kind   a code of {@link Kind}
     * @throws Problem FORBIDDEN for whoever is not at the counter; INVALID with every mistake
     */
    public CaseNumber begin(Actor officer, String person, String scheme, String kind) {
        if (!officer.is(Role.INTAKE)) throw Problem.forbidden("filing.mandate.KIND");
        List<Mistake> mistakes = new ArrayList<>();
        Optional<Account> account = person.isBlank()
                ? Optional.empty()
                : accounts.holder(person.strip()).filter(a -> a.is(Role.APPLICANT) && !a.locked());
        if (account.isEmpty()) mistakes.add(Mistake.of("person", "filing.mandate.NO_ACCOUNT"));
        else if (account.get().name().equals(officer.account())
                || relatives.isHimself(officer.account(), account.get().personKey()))
            mistakes.add(Mistake.of("person", "filing.mandate.YOURSELF"));
        Optional<Kind> how = Kind.of(kind);
        if (how.isEmpty()) mistakes.add(Mistake.of("kind", "filing.mandate.KIND"));
        if (scheme.isBlank()) mistakes.add(Mistake.of("scheme", "filing.mandate.SCHEME"));
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        CaseNumber number = filing.openFor(account.orElseThrow().name(), scheme);
        mandates.begin(number, officer.account(), how.orElseThrow());
        tell(number, "opened-for", officer, Role.INTAKE);
        return number;
    }

    /** The person himself files on, or not at all. @throws Problem NOT_FOUND for whoever is not the applicant, and where nobody files for him */
    public void stop(Actor who, CaseNumber number) {
        if (cases.find(number).filter(c -> c.applicant().equals(who.account())).isEmpty()
                || !mandates.end(number, false)) throw Problem.notFound();
        tell(number, "mandate-stopped", who, Role.APPLICANT);
    }

    @EventListener
    void sent(Submitted event) {
        mandates.end(event.number(), true);
    }

    private void tell(CaseNumber number, String kind, Actor who, Role as) {
        events.publishEvent(new CaseEvent(
                number,
                kind,
                cases.get(number).stage().code(),
                Text.of("filing.event." + kind),
                who,
                as,
                Audience.APPLICANT,
                Map.of()));
    }
}

package cn.jincai.revision;

import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseLifecycle;
import cn.jincai.filing.HearingsAndRatings;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Text;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the diagrams do: the person is heard, and at the end what was signed is done and told by a numbered document, or nothing comes of it. */
@Service
@Transactional
public class CarryingOut {
    private final RevisionTable table;
    private final RevisionEffects effects;
    private final RevisionDocument documents;
    private final CaseFile cases;
    private final CaseLifecycle way;
    private final HearingsAndRatings hearings;
    private final ApplicationEventPublisher events;

    CarryingOut(
            RevisionTable table,
            RevisionEffects effects,
            RevisionDocument documents,
            CaseFile cases,
            CaseLifecycle way,
            HearingsAndRatings hearings,
            ApplicationEventPublisher events) {
        this.table = table;
        this.effects = effects;
        this.documents = documents;
        this.cases = cases;
        this.way = way;
        this.hearings = hearings;
        this.events = events;
    }

    /** From now on the person may say what there is to say, or no longer. */
    public void hear(CaseNumber number, boolean open) {
        Revision revision = table.held(number).orElseThrow();
        hearings.opensHearing(number, open);
        table.hearing(revision, open);
        if (open)
            tell(
                    "revision-heard",
                    number,
                    Text.of("revision.event.heard", revision.kind().text()),
                    Audience.APPLICANT,
                    Map.of("kind", revision.kind().code()));
    }

    /** @throws cn.jincai.kernel.Problem CONFLICT where a payment is on its way, and nothing is signed then */
    public void carryOut(CaseNumber number) {
        Revision revision = table.held(number).orElseThrow();
        RevisionEffects.Done done = effects.apply(revision);
        RevisionDocument.Issued document = documents.issue(revision, done);
        table.end(revision, Revision.Outcome.CARRIED_OUT, document.id());
        way.letInAgain(revision.number(), Revisions.TAKE_PART);
        tell(
                "revision-carried-out",
                number,
                Text.of("revision.event.carried-out." + done.told(), document.number()),
                Audience.APPLICANT,
                Map.of("kind", revision.kind().code(), "document", document.number()));
    }

    public void drop(CaseNumber number) {
        Revision revision = table.held(number).orElseThrow();
        table.end(revision, Revision.Outcome.DROPPED, null);
        way.letInAgain(number, Revisions.TAKE_PART);
        boolean wasHeard = revision.heardAt() != null;
        tell(
                "revision-dropped",
                number,
                Text.of("revision.event.dropped", revision.kind().text()),
                wasHeard ? Audience.APPLICANT : Audience.OFFICERS,
                Map.of("kind", revision.kind().code()));
    }

    private void tell(String kind, CaseNumber number, Text what, Audience seenBy, Map<String, String> details) {
        events.publishEvent(new CaseEvent(
                number, kind, cases.get(number).stage().code(), what, Actor.SYSTEM, null, seenBy, details));
    }
}

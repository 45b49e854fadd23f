package cn.jincai.process.versions;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Proposal;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Publication.Version;
import cn.jincai.process.Completions;
import cn.jincai.process.RunningCases;
import cn.jincai.process.versions.VersionMove.Rule;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What whoever proposes a version wishes for the cases that run. Once the version is published it is a proposal for each earlier one by which cases go, which another person decides as any other. */
@Service
public class WishedMoves {
    private final MoveTable table;
    private final MoveRecord record;
    private final Publication publication;
    private final RunningCases running;
    private final Completions rooms;

    WishedMoves(MoveTable table, MoveRecord record, Publication publication, RunningCases running, Completions rooms) {
        this.table = table;
        this.record = record;
        this.publication = publication;
        this.running = running;
        this.rooms = rooms;
    }

    /** A wish of a proposal that was published. */
    record Wish(long proposal, Rule rule) {}

    /**
     * Proposes a version as {@link Publication#propose} does.
     *
     * @param rule a {@link Rule}'s code; null or blank where nothing is wished
     * @throws Problem as there, and INVALID for a rule that there is not
     */
    @Transactional
    public Proposal propose(
            String scheme,
            String hash,
            @Nullable LocalDate from,
            String note,
            List<String> reasons,
            @Nullable String rule,
            Actor by) {
        Rule wished = rule == null || rule.isBlank() ? null : Rule.of(rule);
        Proposal proposal = publication.propose(scheme, hash, from, note, reasons, by);
        if (wished != null) table.wish(proposal.id(), wished);
        return proposal;
    }

    /** What was wished with this proposal of a version. */
    public Optional<Rule> of(long proposal) {
        return table.wished(proposal);
    }

    /** Where something is in hand for the cases of a version already, that stands and nothing else is proposed. */
    @EventListener
    void published(Publication.Published version) {
        for (Wish wish : table.wishes(version.hash())) {
            Proposal proposal = publication.find(wish.proposal());
            for (Version earlier : publication.versions(version.scheme()))
                if (!earlier.hash().equals(version.hash())
                        && (earlier.inForce() || running.of(earlier.hash()) > 0)
                        && !table.isInHand(earlier.hash())) propose(proposal, earlier.hash(), wish.rule());
            table.fulfil(wish.proposal());
        }
    }

    private void propose(Proposal proposal, String from, Rule rule) {
        long id = table.propose(proposal.scheme(), from, proposal.hash(), rule, proposal.note(), proposal.proposedBy());
        record.tell(
                "process.event.move-proposed",
                rooms.actor(proposal.proposedBy()),
                Role.POLICY_ADMIN,
                table.find(id).orElseThrow());
    }
}

package cn.jincai.review.panel;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Minutes 会议纪要 of panels that have closed: who voted how and why, who was silent, who followed on which seat. There are none before, so that no vote is known while others still vote (rulebook 7.6). */
@Service
@Transactional(readOnly = true)
public class PanelMinutes {
    private final PanelRows rows;

    PanelMinutes(PanelRows rows) {
        this.rows = rows;
    }

    /**
     * @param seats all of them, also those that were given to somebody else
     * @param yes   votes that the level is reached
     * @param no    votes that it is not
     */
    public record Minutes(CaseNumber number, Panel panel, List<Seat> seats, long yes, long no) {}

    /** Of the case's panels, also those that still vote, in the order in which they were opened. */
    public List<Panel> panels(CaseNumber number) {
        return rows.panels(number);
    }

    /** @throws Problem NOT_FOUND where the case has no such panel, CONFLICT while it votes */
    public Minutes of(CaseNumber number, long id) {
        Panel panel = rows.panels(number).stream()
                .filter(p -> p.id() == id)
                .findFirst()
                .orElseThrow(Problem::notFound);
        if (panel.isVoting()) throw Problem.conflict("review.panel.VOTING");
        List<Seat> seats = rows.seats(id);
        return new Minutes(
                number,
                panel,
                seats,
                seats.stream().filter(s -> "approve".equals(s.vote())).count(),
                seats.stream().filter(s -> "reject".equals(s.vote())).count());
    }
}

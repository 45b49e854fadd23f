package cn.jincai.web.office;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.process.bulk.BulkApproval;
import cn.jincai.process.bulk.BulkApprovals;
import cn.jincai.process.people.TasksInHand.InHand;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** Whoever sees a case or a task that waits in a bulk approval sees that it waits, and whose it is. Templates know it as {@code bulkWaits}. */
@Component
public class BulkWaits {
    private final BulkApprovals bulks;

    BulkWaits(BulkApprovals bulks) {
        this.bulks = bulks;
    }

    @Autowired
    void give(ThymeleafViewResolver views) {
        views.addStaticVariable("bulkWaits", this);
    }

    /** Of a case that the page shows. */
    public List<BulkApproval> of(CaseNumber number) {
        return bulks.of(number);
    }

    /** When those of these tasks that wait are carried out, by task. */
    public Map<String, Instant> due(List<InHand> tasks) {
        return bulks.due(tasks.stream().map(t -> t.task().id()).toList());
    }
}

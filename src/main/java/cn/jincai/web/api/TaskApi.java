package cn.jincai.web.api;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Page;
import cn.jincai.process.ReassignmentReason;
import cn.jincai.process.TaskLists;
import cn.jincai.process.Tasks;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The tasks of officers, experts and employers' clerks. */
@RestController
class TaskApi {
    private static final String WORKERS =
            "hasAnyAuthority('employer', 'intake', 'reviewer', 'senior-reviewer', 'leader', 'expert', 'supervisor', 'finance', 'finance-approver')";

    private final Tasks tasks;
    private final TaskLists lists;

    TaskApi(Tasks tasks, TaskLists lists) {
        this.tasks = tasks;
        this.lists = lists;
    }

    @GetMapping("/api/tasks")
    @PreAuthorize(WORKERS)
    Page<TaskLists.Waiting> list(
            Actor actor,
            @RequestParam(required = false) String group,
            @RequestParam(required = false) String stage,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "20") int size) {
        return lists.list(actor, group, stage, page, size);
    }

    @GetMapping("/api/tasks/overdue")
    @PreAuthorize("hasAuthority('leader')")
    Page<TaskLists.Waiting> overdue(
            @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "20") int size) {
        return lists.overdue(page, size);
    }

    @PostMapping("/api/tasks/{id}/claim")
    @PreAuthorize(WORKERS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @ApiResponse(responseCode = "204")
    void claim(Actor actor, @PathVariable String id) {
        tasks.claim(actor, id);
    }

    @PostMapping("/api/tasks/{id}/release")
    @PreAuthorize(WORKERS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @ApiResponse(responseCode = "204")
    void release(Actor actor, @PathVariable String id, @RequestBody(required = false) Release release) {
        tasks.release(
                actor,
                id,
                release == null || release.reason() == null ? null : ReassignmentReason.of(release.reason()));
    }

    /** @param reason {@code away}, {@code moved}, {@code recused} or {@code shared}; kept on record where the task is another's */
    record Release(String reason) {}

    @PostMapping("/api/tasks/{id}/completion")
    @PreAuthorize(WORKERS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @ApiResponse(responseCode = "204")
    void complete(Actor actor, @PathVariable String id, @RequestBody Map<String, Object> fields) {
        var done = tasks.complete(actor, id, fields);
        if (done.told() != null) throw done.told();
    }
}

package cn.jincai.process.people;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.process.Completions;
import cn.jincai.process.Tasks;
import cn.jincai.process.worklists.OpenTask;
import cn.jincai.process.worklists.OpenTaskTable;
import cn.jincai.staffing.Absence;
import cn.jincai.staffing.Absences;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEventPublisher;

/** What the first day of an absence does in the second in which others are at the same task. */
@Tag("issue-17.7")
class AbsenceStartsTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-03-02");

    private final Absences absences = mock(Absences.class);
    private final OpenTaskTable table = mock(OpenTaskTable.class);
    private final Tasks tasks = mock(Tasks.class);
    private final AbsenceStarts starts = new AbsenceStarts(
            absences,
            table,
            new PassingOn(absences, table, mock(Completions.class), tasks, mock(ApplicationEventPublisher.class)));
    private final Absence absence = new Absence(1, "reviewer2", TODAY, TODAY, null, "reviewer2", false);

    @BeforeEach
    void awayFromToday() {
        when(absences.beginning()).thenReturn(List.of(absence));
        when(absences.acting("reviewer2")).thenReturn(Optional.empty());
        when(table.heldBy("reviewer2")).thenReturn(List.of(heldBy("reviewer2")));
        when(table.find("t")).thenReturn(Optional.of(heldBy("reviewer2")));
    }

    private static OpenTask heldBy(@Nullable String account) {
        return new OpenTask(
                "t",
                "d",
                "first-review",
                "reviews",
                "reviewer",
                List.of(),
                true,
                new CaseNumber("JC2026000001"),
                null,
                null,
                "skills-award",
                null,
                Instant.EPOCH,
                null,
                account,
                false,
                false,
                false,
                false);
    }

    private void isRefused(Problem problem) {
        doThrow(problem).when(tasks).give(any(), eq("t"), eq("reviewer2"), isNull(), any());
    }

    @Test
    void whatWasCrossedIsTriedAgain() {
        isRefused(Tasks.overtaken());
        starts.run();
        verify(absences, never()).begun(absence);
    }

    @Test
    void whatSomebodyElseHasByNowIsDone() {
        isRefused(Problem.conflict("process.task.TAKEN"));
        starts.run();
        verify(absences).begun(absence);
    }

    @Test
    void whatAnotherNodePassedOnIsNotTouched() {
        when(table.find("t")).thenReturn(Optional.of(heldBy("reviewer")));
        starts.run();
        verify(tasks, never()).give(any(), any(), any(), any(), any());
        verify(absences).begun(absence);
    }
}

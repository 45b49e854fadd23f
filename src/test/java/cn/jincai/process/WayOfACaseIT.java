package cn.jincai.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every branch of the diagrams (rulebook 7, the table of stages), walked on the real engine. */
class WayOfACaseIT {
    private Diagrams it;

    private Diagrams skillsAward() {
        return start("skills-award");
    }

    private Diagrams recruitment() {
        return start("recruitment-subsidy").answer("cases.asksEmployer", true);
    }

    private Diagrams recognition() {
        return start("talent-recognition");
    }

    private Diagrams start(String scheme) {
        it = new Diagrams(scheme).answer("cases.checkData", true);
        return it;
    }

    @AfterEach
    void close() {
        it.close();
    }

    // from submission to the review

    @Test
    void anAwardGoesFromSubmissionToTheMoneyAndIsClosed() {
        skillsAward()
                .answer("reviews.noticeAsked", true)
                .answer("payments.order", List.of(7L))
                .submitted();
        assertThat(it.stage()).isEqualTo("acceptance");
        it.accepted().reviewed();
        assertThat(it.stage()).isEqualTo("public-notice");
        it.passWorkingDays(5)
                .complete("decision", "sign")
                .complete("payment-make", "submit")
                .complete("payment-approve", "approve");
        assertThat(it.at()).contains("bank-answer");
        it.message("bank-paid", 7L);
        assertThat(it.done).contains("cases.close(JC2026000001, sign)");
        assertThat(it.stages)
                .containsExactly(
                        "acceptance 2026-03-09",
                        "data-checks",
                        "first-review 2026-03-05",
                        "second-review 2026-03-04",
                        "public-notice 2026-03-09",
                        "decision 2026-03-12",
                        "payment-make 2026-03-17",
                        "payment-approve 2026-03-17",
                        "bank-result 2026-03-24");
        it.pass(Duration.ofDays(31));
        assertThat(it.hasEnded()).isTrue();
    }

    @Test
    void theEmployerIsAskedAndHisWordWhateverItIsGoesOnToAcceptance() {
        recruitment().submitted();
        assertThat(it.at()).containsExactly("employer-check");
        it.complete("employer-check", "deny");
        assertThat(it.at()).containsExactly("acceptance");
    }

    @Test
    void aSilentEmployerIsMarkedAfterThreeWorkingDaysAndNotBefore() {
        recruitment().submitted().passWorkingDays(2);
        assertThat(it.at()).containsExactly("employer-check");
        it.passWorkingDays(1);
        assertThat(it.at()).containsExactly("acceptance");
        assertThat(it.done).contains("cases.employerSilent(JC2026000001)");
    }

    @Test
    void whoHasNoEmployerToAskGoesStraightToAcceptance() {
        start("recruitment-subsidy").submitted();
        assertThat(it.stages).extracting(s -> s.replaceAll(" .*", "")).containsExactly("acceptance");
    }

    @Test
    void acceptanceThatSleepsForFiveWorkingDaysAccepts() {
        skillsAward().submitted().passWorkingDays(5);
        assertThat(it.done).contains("cases.acceptedByLapse(JC2026000001)");
        assertThat(it.at()).containsExactly("first-review");
    }

    @Test
    void whatIsNotAcceptedIsClosed() {
        skillsAward().submitted().complete("acceptance", "not-accepted");
        assertThat(it.done).contains("cases.close(JC2026000001, not-accepted)");
        assertThat(it.at()).containsExactly("rating");
    }

    @Test
    void acceptanceAsksForASupplementAndGetsTheCaseBack() {
        skillsAward().submitted().complete("acceptance", "supplement");
        assertThat(it.stage()).isEqualTo("supplement");
        it.message("handed-in");
        assertThat(it.at()).containsExactly("acceptance");
        it.accepted();
        assertThat(it.at()).containsExactly("first-review");
    }

    @Test
    void aSupplementThatNeverComesGoesOnWhereSomethingCanBeDecided() {
        skillsAward()
                .answer("cases.goesOnWithoutAnswer", true)
                .submitted()
                .complete("acceptance", "supplement")
                .passWorkingDays(15);
        assertThat(it.at()).containsExactly("acceptance");
    }

    @Test
    void aSupplementThatNeverComesClosesACaseWithNothingLeft() {
        skillsAward().submitted().complete("acceptance", "supplement").passWorkingDays(14);
        assertThat(it.at()).containsExactly("supplement");
        it.passWorkingDays(1);
        assertThat(it.done).contains("cases.close(JC2026000001, lapsed)");
    }

    // data checks

    @Test
    void whatTheApplicantCanMendIsAskedAfterTheSourcesHaveAnswered() {
        skillsAward().answer("cases.asksApplicant", true, false).submitted().accepted();
        assertThat(it.at()).containsExactly("supplement");
        it.message("handed-in").checked();
        assertThat(it.at()).containsExactly("first-review");
        assertThat(it.stages)
                .extracting(s -> s.replaceAll(" .*", ""))
                .containsExactly("acceptance", "data-checks", "supplement", "data-checks", "first-review");
    }

    @Test
    void noAnswerToTheDataChecksClosesWhatCannotBeDecided() {
        skillsAward().answer("cases.asksApplicant", true).submitted().accepted().passWorkingDays(15);
        assertThat(it.done).contains("cases.close(JC2026000001, lapsed)");
    }

    @Test
    void aSourceThatIsDownIsTriedThreeTimesInAMinuteThenIntakeDecides() {
        downSource().pass(Duration.ofMinutes(1));
        assertThat(it.done.stream().filter(d -> d.startsWith("cases.checkData")))
                .hasSize(3);
        assertThat(it.at()).containsExactly("data-checks");
        it.complete("data-checks", "continue");
        assertThat(it.done.stream().filter(d -> d.startsWith("cases.checkData")))
                .hasSize(4);
        assertThat(it.at()).containsExactly("first-review");
    }

    @Test
    void aSourceThatComesBackWithinTheHourGoesOnByItself() {
        downSource().pass(Duration.ofMinutes(5));
        assertThat(it.at()).containsExactly("data-checks");
        it.answer("cases.checkData", false, true).pass(Duration.ofMinutes(61));
        assertThat(it.at()).containsExactly("data-checks");
        it.pass(Duration.ofHours(1));
        assertThat(it.at()).containsExactly("first-review");
    }

    private Diagrams downSource() {
        return skillsAward().answer("cases.checkData", false).submitted().complete("acceptance", "accept");
    }

    // reviews

    @Test
    void theFirstReviewerReturnsForASupplementAndGetsTheCaseBackWithTheSourcesAskedAgain() {
        skillsAward()
                .answer("reviews.returnsTo", "reviewer")
                .submitted()
                .accepted()
                .complete("first-review", "return");
        assertThat(it.at()).containsExactly("supplement");
        it.message("handed-in").checked();
        assertThat(it.tasks("first-review")).extracting(Task::getAssignee).containsExactly("reviewer");
    }

    @Test
    void aRejectionIsReviewedTwiceAndSignedWithoutNotice() {
        skillsAward().submitted().accepted().complete("first-review", "reject").complete("second-review", "reject");
        assertThat(it.at()).containsExactly("decision");
        it.complete("decision", "sign");
        assertThat(it.done).contains("payments.order(JC2026000001)", "cases.close(JC2026000001, sign)");
    }

    @Test
    void theSecondReviewReturnsToTheFirst() {
        skillsAward().submitted().accepted().complete("first-review", "approve").complete("second-review", "return");
        assertThat(it.at()).containsExactly("first-review");
        it.reviewed();
        assertThat(it.at()).containsExactly("decision");
    }

    @Test
    void theLeaderReviewsWhereAskedAndMayReturnToTheSecondReview() {
        skillsAward().answer("reviews.leaderAsked", true).submitted().accepted().reviewed();
        assertThat(it.at()).containsExactly("leader-review");
        it.complete("leader-review", "return");
        assertThat(it.at()).containsExactly("second-review");
        it.complete("second-review", "approve").complete("leader-review", "approve");
        assertThat(it.at()).containsExactly("decision");
    }

    @Test
    void aFactThatChangesTheResultSendsTheCaseBackToTheFirstReviewFromTheSecond() {
        skillsAward().submitted().accepted().complete("first-review", "approve").message("fact-changed");
        assertThat(it.at()).containsExactly("first-review");
    }

    @Test
    void aFactThatChangesTheResultSendsTheCaseBackToTheFirstReviewFromTheLeader() {
        skillsAward()
                .answer("reviews.leaderAsked", true)
                .submitted()
                .accepted()
                .reviewed()
                .message("fact-changed");
        assertThat(it.at()).containsExactly("first-review");
        it.complete("first-review", "approve");
        assertThat(it.at()).containsExactly("second-review");
    }

    // the panel

    @Test
    void aPanelVotesAloneAndItsMajorityGoesToNotice() {
        panel("expert1", "expert2", "expert3").answer("panel.closeRound", true).answer("reviews.noticeAsked", true);
        assertThat(it.tasks("expert-panel"))
                .extracting(Task::getAssignee)
                .containsExactlyInAnyOrder("expert1", "expert2", "expert3");
        it.complete("expert-panel", "approve").complete("expert-panel", "recuse");
        assertThat(it.at()).containsExactly("expert-panel");
        it.complete("expert-panel", "approve");
        assertThat(it.at()).isEmpty();
        assertThat(it.stage()).isEqualTo("public-notice");
        assertThat(it.stages.stream().filter(s -> s.startsWith("expert-panel"))).hasSize(1);
    }

    @Test
    void aPanelThatLeavesNothingGrantedGoesToDecision() {
        panel("expert1", "expert2", "expert3").answer("panel.closeRound", true);
        it.complete("expert-panel", "reject").complete("expert-panel", "reject").complete("expert-panel", "reject");
        assertThat(it.at()).containsExactly("decision");
    }

    @Test
    void silentExpertsAreFollowedByASecondRoundOfTenDaysAndThenByTheLeader() {
        panel("expert1", "expert2", "expert3")
                .answer("panel.drawAgain", List.of("expert4", "expert5"))
                .passWorkingDays(20);
        assertThat(it.tasks("expert-panel"))
                .extracting(Task::getAssignee)
                .containsExactlyInAnyOrder("expert4", "expert5");
        it.passWorkingDays(9);
        assertThat(it.at()).containsExactly("expert-panel");
        it.passWorkingDays(1);
        assertThat(it.at()).containsExactly("leader-review");
        it.answer("reviews.panelAsked", false).complete("leader-review", "approve");
        assertThat(it.at()).containsExactly("decision");
    }

    @Test
    void whoRecusesHimselfIsFollowedByTheNextOfTheDrawWhileTheOthersStillVote() {
        panel("expert1", "expert2", "expert3")
                .answer("panel.hasSuccessor", true, false)
                .answer("panel.successor", "expert6")
                .answer("panel.closeRound", true)
                .complete("expert-panel", "recuse");
        assertThat(it.tasks("expert-panel"))
                .extracting(Task::getAssignee)
                .hasSize(3)
                .contains("expert6");
        it.complete("expert-panel", "approve")
                .complete("expert-panel", "approve")
                .complete("expert-panel", "approve");
        assertThat(it.at()).containsExactly("decision");
        assertThat(it.stages.stream().filter(s -> s.startsWith("expert-panel")))
                .as("the panel began once")
                .hasSize(1);
    }

    @Test
    void whoIsSilentForHalfOfTheDaysGivesHisSeatToTheNextOfTheDraw() {
        panel("expert1")
                .answer("panel.hasSuccessor", true, true, false)
                .answer("panel.successor", "expert6")
                .answer("panel.closeRound", true)
                .passWorkingDays(9);
        assertThat(it.tasks("expert-panel")).extracting(Task::getAssignee).containsExactly("expert1");
        it.passWorkingDays(1);
        assertThat(it.tasks("expert-panel")).extracting(Task::getAssignee).containsExactly("expert6");
        it.complete("expert-panel", "approve");
        assertThat(it.at()).containsExactly("decision");
    }

    @Test
    void whereNobodyIsLeftToFollowTheSilentKeepTheirSeatsAndTheirTasksToTheLastDay() {
        panel("expert1", "expert2").answer("panel.hasSuccessor", false);
        List<String> before = it.tasks("expert-panel").stream().map(Task::getId).toList();
        it.passWorkingDays(10);
        assertThat(it.tasks("expert-panel").stream().map(Task::getId)).containsExactlyInAnyOrderElementsOf(before);
        it.passWorkingDays(10);
        assertThat(it.at()).as("undecided, and nobody else is drawn").containsExactly("leader-review");
    }

    @Test
    void theSecondRoundMayDecide() {
        panel("expert1")
                .answer("panel.closeRound", false, true)
                .answer("panel.drawAgain", List.of("expert2"))
                .complete("expert-panel", "recuse")
                .complete("expert-panel", "approve");
        assertThat(it.at()).containsExactly("decision");
    }

    @Test
    void withoutAnyExpertTheLeaderDecides() {
        panel();
        assertThat(it.at()).containsExactly("leader-review");
    }

    @Test
    void theLeaderWhoDecidesForThePanelMayReturnToTheSecondReviewAndThatOneToTheFirst() {
        panel();
        it.answer("reviews.panelAsked", false)
                .complete("leader-review", "return")
                .complete("second-review", "return")
                .reviewed();
        assertThat(it.at()).containsExactly("decision");
    }

    private Diagrams panel(String... experts) {
        return recognition()
                .answer("reviews.panelAsked", true)
                .answer("panel.draw", List.of(experts))
                .submitted()
                .accepted()
                .reviewed();
    }

    // notice, objections, hearing

    @Test
    void objectionsAreAnsweredWhileTheNoticeRunsAndTheCaseWaitsForTheLastAnswer() {
        noticed()
                .message("objection-raised", Map.of("objectionId", 1L))
                .message("objection-raised", Map.of("objectionId", 2L));
        assertThat(it.tasks("objection"))
                .extracting(t -> it.engine.getTaskService().getVariable(t.getId(), "objectionId"))
                .containsExactly(1L, 2L);
        assertThat(it.stage()).isEqualTo("public-notice");
        it.complete("objection", "dismiss").passWorkingDays(5);
        assertThat(it.at()).containsExactly("objection");
        assertThat(it.done).contains("notices.end(JC2026000001)");
        it.complete("objection", "dismiss");
        assertThat(it.at()).containsExactly("decision");
    }

    @Test
    void anUpheldObjectionIsHeardAndGoesToTheFirstReview() {
        noticed()
                .message("objection-raised", Map.of("objectionId", 1L))
                .answer("notices.upheld", true)
                .complete("objection", "uphold")
                .passWorkingDays(5);
        assertThat(it.stage()).isEqualTo("hearing");
        it.message("hearing-answered");
        assertThat(it.at()).containsExactly("first-review");
    }

    @Test
    void whoIsSilentAtTheHearingIsReviewedAllTheSame() {
        noticed().answer("notices.upheld", true).passWorkingDays(5);
        it.passWorkingDays(5);
        assertThat(it.at()).containsExactly("first-review");
        assertThat(it.engine.getTaskService().createTaskQuery().count()).isEqualTo(1);
    }

    @Test
    void theNoticeIsFiveFullWorkingDays() {
        noticed().passWorkingDays(4);
        assertThat(it.at()).isEmpty();
        it.passWorkingDays(1);
        assertThat(it.at()).containsExactly("decision");
    }

    private Diagrams noticed() {
        return skillsAward()
                .answer("reviews.noticeAsked", true)
                .submitted()
                .accepted()
                .reviewed();
    }

    // decision, withdrawal, closing

    @Test
    void theDecisionReturnsToTheSecondReview() {
        skillsAward().submitted().accepted().reviewed().complete("decision", "return");
        assertThat(it.at()).containsExactly("second-review");
        it.complete("second-review", "approve").complete("decision", "sign");
        assertThat(it.at()).containsExactly("rating");
    }

    @Test
    void anAssessmentThatChangedAtTheSignatureGoesToTheSecondReview() {
        skillsAward().submitted().accepted().reviewed().complete("decision", "changed");
        assertThat(it.at()).containsExactly("second-review");
        assertThat(it.done).doesNotContain("payments.order(JC2026000001)");
    }

    @Test
    void theApplicantWithdrawsAtAnyStage() {
        for (String stage : List.of(
                "employer-check",
                "acceptance",
                "supplement",
                "data-checks",
                "first-review",
                "second-review",
                "leader-review",
                "expert-panel",
                "public-notice",
                "hearing",
                "decision")) {
            upTo(stage).message("withdrawn");
            assertThat(it.done).as(stage).contains("cases.close(JC2026000001, withdrawn)");
            assertThat(it.at()).as(stage).containsExactly("rating");
            it.close();
        }
        recognition();
    }

    private Diagrams upTo(String stage) {
        start("talent-recognition")
                .answer("cases.asksEmployer", true)
                .answer("reviews.leaderAsked", true)
                .answer("reviews.panelAsked", true)
                .answer("reviews.noticeAsked", true)
                .answer("panel.draw", List.of("expert1"))
                .answer("panel.closeRound", true)
                .answer("notices.upheld", !stage.equals("decision"))
                .submitted();
        List<Runnable> steps = List.of(
                () -> it.complete("employer-check", "confirm"),
                () -> it.complete("acceptance", stage.equals("supplement") ? "supplement" : "accept"),
                () -> it.checked(),
                () -> it.complete("first-review", "approve"),
                () -> it.complete("second-review", "approve"),
                () -> it.complete("leader-review", "approve"),
                () -> it.complete("expert-panel", "approve"),
                () -> it.passWorkingDays(5));
        for (Runnable step : steps) if (!stage.equals(it.stage())) step.run();
        assertThat(it.stage()).isEqualTo(stage);
        return it;
    }

    @Test
    void aPoorRatingIsFollowedUp() {
        skillsAward().submitted().complete("acceptance", "not-accepted").message("rated-poorly");
        assertThat(it.at()).containsExactly("rating-follow-up");
        it.complete("rating-follow-up", "done");
        assertThat(it.hasEnded()).isTrue();
    }

    @Test
    void withoutAPoorRatingTheProcessEndsAfterThirtyDays() {
        skillsAward().submitted().complete("acceptance", "not-accepted").pass(Duration.ofDays(29));
        assertThat(it.hasEnded()).isFalse();
        it.pass(Duration.ofDays(1));
        assertThat(it.hasEnded()).isTrue();
    }

    // payments

    @Test
    void eachPaymentGoesItsOwnWayAndTheCaseClosesWithTheLast() {
        decided(7L, 8L);
        assertThat(it.tasks("payment-make")).hasSize(2);
        it.complete("payment-make", "submit")
                .complete("payment-make", "submit")
                .complete("payment-approve", "approve")
                .complete("payment-approve", "approve")
                .message("bank-paid", 7L);
        assertThat(it.done).noneMatch(d -> d.startsWith("cases.close"));
        it.message("bank-paid", 8L);
        assertThat(it.done).contains("cases.close(JC2026000001, sign)");
    }

    @Test
    void aPaymentHeldStaysAndAPaymentReturnedOrParkedComesBackToItsMaker() {
        decided(7L).complete("payment-make", "hold");
        assertThat(it.at()).containsExactly("payment-make");
        it.complete("payment-make", "submit")
                .complete("payment-approve", "return")
                .complete("payment-make", "submit")
                .complete("payment-approve", "parked");
        assertThat(it.at()).containsExactly("payment-make");
    }

    @Test
    void anAccountIsAskedForAndGiven() {
        decided(7L).complete("payment-make", "ask-account");
        assertThat(it.at()).containsExactly("account");
        assertThat(it.stage()).isEqualTo("payment-make");
        it.message("account-given", 7L);
        assertThat(it.at()).containsExactly("payment-make");
    }

    @Test
    void anAccountThatIsNotGivenParksThePayment() {
        decided(7L).complete("payment-make", "ask-account").passWorkingDays(15);
        assertThat(it.done).contains("payments.accountSilent(7)");
        assertThat(it.at()).containsExactly("payment-make");
    }

    @Test
    void aPaymentIsGivenUpAfterAHearing() {
        decided(7L).complete("payment-make", "give-up");
        assertThat(it.stage()).isEqualTo("hearing");
        assertThat(it.done).contains("payments.hear(7, true)");
        it.message("hearing-answered");
        assertThat(it.tasks("decision")).hasSize(1);
        assertThat(it.done).contains("payments.hear(7, false)");
        it.complete("decision", "sign");
        assertThat(it.done).contains("payments.giveUp(7)", "cases.close(JC2026000001, sign)");
    }

    @Test
    void aPaymentThatTheLeaderDoesNotGiveUpComesBackToItsMaker() {
        decided(7L).complete("payment-make", "give-up").passWorkingDays(5).complete("decision", "return");
        assertThat(it.done).contains("payments.keep(7)");
        assertThat(it.at()).containsExactly("payment-make");
    }

    @Test
    void whatTheDayOfSendingRefusesComesBackToItsMaker() {
        atTheBank().message("day-failed", 7L);
        assertThat(it.at()).containsExactly("payment-make");
    }

    @Test
    void aRefusedTransferIsPaidAgainOnceItIsCheckedAgain() {
        atTheBank().message("bank-refused", 7L);
        assertThat(it.at()).contains("bank-result");
        it.complete("bank-result", "retry");
        assertThat(it.at()).containsExactly("payment-approve");
    }

    @Test
    void aRefusedTransferMayNeedAnotherAccount() {
        atTheBank().message("bank-refused", 7L).complete("bank-result", "ask-account");
        assertThat(it.at()).containsExactly("account");
        it.message("account-given", 7L);
        assertThat(it.at()).containsExactly("payment-make");
    }

    @Test
    void aSilentBankIsATaskThatEndsWhenTheAnswerIsLoaded() {
        atTheBank().passWorkingDays(10);
        assertThat(it.tasks("bank-result")).hasSize(1);
        it.message("bank-paid", 7L);
        assertThat(it.done).contains("cases.close(JC2026000001, sign)");
        assertThat(it.at()).containsExactly("rating");
    }

    private Diagrams decided(Long... payments) {
        return skillsAward()
                .answer("payments.order", List.of(payments))
                .submitted()
                .accepted()
                .reviewed()
                .complete("decision", "sign");
    }

    private Diagrams atTheBank() {
        return decided(7L).complete("payment-make", "submit").complete("payment-approve", "approve");
    }

    // half-yearly runs

    @Test
    void aRunIsMadeAndCheckedAsAWholeThenFollowsEachPayment() {
        recognition()
                .answer("runs.payments", List.of(7L, 8L))
                .answer("payments.approved", true)
                .runOpened();
        assertThat(it.tasks("payment-make")).hasSize(1);
        it.complete("payment-make", "hold")
                .complete("payment-make", "submit")
                .complete("payment-approve", "return")
                .complete("payment-make", "submit")
                .complete("payment-approve", "approve");
        it.message("bank-paid", 7L);
        assertThat(it.hasEnded()).isFalse();
        it.message("bank-refused", 8L)
                .complete("bank-result", "retry")
                .complete("payment-approve", "approve")
                .message("bank-paid", 8L);
        assertThat(it.hasEnded()).isTrue();
        assertThat(it.stages).isEmpty();
    }

    @Test
    void whatARunParksIsMendedOrGivenUpOnItsOwnUnderTheRunsNumber() {
        recognition()
                .answer("runs.payments", List.of(7L))
                .runOpened()
                .complete("payment-make", "submit")
                .complete("payment-approve", "approve");
        Task parked = it.tasks("payment-make").get(0);
        assertThat(it.engine.getTaskService().getVariable(parked.getId(), "run"))
                .isEqualTo(Diagrams.RUN);
        it.complete("payment-make", "give-up").message("hearing-answered", 7L).complete("decision", "sign");
        assertThat(it.done).contains("payments.giveUp(7)");
        assertThat(it.hasEnded()).isTrue();
    }

    // what the engine keeps

    @Test
    void theEngineKeepsTheCasesNumberAndTheWayAndNothingElse() {
        decided(7L);
        var names = it.engine.getHistoryService().createHistoricVariableInstanceQuery().list().stream()
                .map(v -> v.getName())
                .distinct()
                .toList();
        assertThat(names).allMatch(n -> Variable.BY_NAME.containsKey(n) || n.matches("nrOf.*Instances|loopCounter"));
    }

    @Test
    void everyTaskHasItsDay() {
        decided(7L);
        List<Date> days = it.engine.getHistoryService().createHistoricTaskInstanceQuery().list().stream()
                .map(t -> t.getDueDate())
                .toList();
        assertThat(days).isNotEmpty().doesNotContainNull();
        assertThat(days).allMatch(d -> d.toInstant().isAfter(Instant.EPOCH));
    }
}

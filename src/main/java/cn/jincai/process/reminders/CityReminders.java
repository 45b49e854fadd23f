package cn.jincai.process.reminders;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.SortedSet;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** When the city reminds of what ({@code jincai.reminders}). What can't be read keeps the application from starting. */
@Component
class CityReminders {
    private final ReminderDays supplement, hearing, account, instalment;
    private final LocalTime at;

    CityReminders(
            @Value("${jincai.reminders.supplement}") String supplement,
            @Value("${jincai.reminders.hearing}") String hearing,
            @Value("${jincai.reminders.account}") String account,
            @Value("${jincai.reminders.instalment}") String instalment,
            @Value("${jincai.reminders.at}") String at) {
        this.supplement = ReminderDays.of(supplement);
        this.hearing = ReminderDays.of(hearing);
        this.account = ReminderDays.of(account);
        this.instalment = ReminderDays.of(instalment);
        this.at = LocalTime.parse(at);
    }

    /** Of the day: nobody is woken by a reminder. */
    LocalTime at() {
        return at;
    }

    SortedSet<LocalDate> days(Limit limit, LocalDate last) {
        ReminderDays days = switch (limit.kind()) {
            case SUPPLEMENT -> supplement;
            case HEARING -> hearing;
            case ACCOUNT -> account;
            case INSTALMENT -> instalment;
        };
        return days.of(limit.begins(), last);
    }
}

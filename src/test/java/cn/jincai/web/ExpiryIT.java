package cn.jincai.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cn.jincai.CaseTest;
import cn.jincai.calendar.Calendars;
import cn.jincai.journeys.City;
import cn.jincai.policy.Expiries;
import cn.jincai.policy.Expiries.Expiring;
import cn.jincai.policy.Expiries.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What runs out within 90 days is told to the administrator, on a page and in health, and to nobody else. */
@CaseTest
class ExpiryIT {
    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Expiries expiries;

    @Autowired
    Calendars calendars;

    @Test
    void aValueWarnsNinetyDaysAhead() {
        city.at("2026-10-01T09:00");
        assertThat(expiries.soon()).noneMatch(e -> e.kind() == Kind.VALUE);
        city.at("2026-10-02T09:00");
        assertThat(expiries.soon())
                .filteredOn(e -> e.kind() == Kind.VALUE)
                .extracting(Expiring::scheme, Expiring::what, Expiring::last)
                .contains(tuple("skills-award", "unemploymentInsuredMonthsAtLeast", LocalDate.of(2026, 12, 31)));
        assertThat(new Visitor(port)
                        .signIn("policy-admin")
                        .get("/admin/packages")
                        .body())
                .contains("90日内到期", "“失业保险累计缴费至少”的现行数值适用到2026-12-31");
    }

    @Test
    void theCalendarWarnsNinetyDaysAhead() {
        int last = lastYear();
        city.at(last + "-10-01T09:00");
        assertThat(expiries.soon()).noneMatch(e -> e.kind() == Kind.CALENDAR);
        city.at(last + "-10-02T09:00");
        assertThat(expiries.soon())
                .filteredOn(e -> e.kind() == Kind.CALENDAR)
                .extracting(Expiring::last)
                .containsExactly(LocalDate.of(last, 12, 31));
        assertThat(new Visitor(port)
                        .signIn("policy-admin")
                        .get("/admin/packages")
                        .body())
                .contains("工作日历只录入到" + last + "-12-31");
    }

    /** Other stories may have loaded a notice more. */
    private int lastYear() {
        int year = 2026;
        while (calendars.current().isLoaded(year + 1)) year++;
        return year;
    }

    @Test
    void healthTellsItToAdministratorsAndStaysUp() {
        int last = lastYear();
        city.at(last + "-11-02T09:00");
        JsonNode anybody = new Visitor(port).get("/actuator/health").json();
        assertThat(anybody.path("status").asText()).isEqualTo("UP");
        assertThat(anybody.has("components")).isFalse();
        assertThat(new Visitor(port)
                        .withPassword("applicant", "applicant")
                        .get("/actuator/health")
                        .json()
                        .has("components"))
                .isFalse();
        JsonNode expiry = new Visitor(port)
                .withPassword("policy-admin", "policy-admin")
                .get("/actuator/health")
                .json()
                .path("components")
                .path("expiry");
        assertThat(expiry.path("status").asText()).isEqualTo("UP");
        assertThat(expiry.path("details").path("soon").toString()).contains(last + "-12-31", "CALENDAR");
    }
}

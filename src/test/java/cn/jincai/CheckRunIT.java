package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.filing.FieldChecks;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Role;
import cn.jincai.policy.ChangedZip;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.DiagramVocabulary;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Gate;
import cn.jincai.policy.PackageCheck;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Publication;
import cn.jincai.policy.forms.FieldCheck;
import cn.jincai.process.KnownToDiagrams;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A laptop's gate is the office's. */
@CaseTest
@Tag("issue-16.16")
class CheckRunIT {
    private static final Actor ADMIN = new Actor("policy-admin", Set.of(Role.POLICY_ADMIN));
    private static final String SCHEME = "skills-award", RULES = "rulesets/2026-01/";

    @Autowired
    List<PackageCheck> checks;

    @Autowired
    List<FieldCheck> fields;

    @Autowired
    DiagramVocabulary words;

    @Autowired
    Publication publication;

    @Autowired
    Packages packages;

    @Autowired
    CityClock clock;

    @Test
    void noCheckOfTheOfficeIsMissingOnALaptopButTheDemosOwn() {
        assertThat(CheckRun.checks(CityPackages.FOLDERS, clock))
                .extracting(Object::getClass)
                .containsExactlyInAnyOrderElementsOf(checks.stream()
                        .<Class<?>>map(Object::getClass)
                        .filter(c -> !c.getPackageName().endsWith(".demo"))
                        .toList());
        assertThat(FieldChecks.all(clock))
                .extracting(FieldCheck::name)
                .containsExactlyInAnyOrderElementsOf(fields.stream()
                        .map(FieldCheck::name)
                        .filter(name -> !name.startsWith("test-"))
                        .toList());
        assertThat(KnownToDiagrams.words()).isEqualTo(words);
    }

    @Test
    void aPackageWithFaultsOfSeveralKindsIsToldTheSameInBothPlaces() {
        byte[] zip = publication.zip(SCHEME, packages.inForce(SCHEME).hash());
        zip = ChangedZip.of(
                zip, RULES + "benefits.dmn", t -> t.replaceFirst("\"CHIEF\"</text>", "\"SPECIAL\", \"ONE\"</text>"));
        zip = ChangedZip.of(zip, "common/acceptance.bpmn", t -> t.replace("Groups=\"intake\"", "Groups=\"intakes\""));
        zip = ChangedZip.of(zip, "forms/application.form", t -> t.replaceFirst("\"required\"", "\"requird\""));
        Publication.Upload upload = publication.upload(zip, ADMIN);
        Findings laptop = new Findings();
        new Gate(CheckRun.checks(CityPackages.FOLDERS, clock)).look(SCHEME, upload.files(), laptop);
        assertThat(upload.findings()).containsExactlyInAnyOrderElementsOf(laptop.inOrder());
        assertThat(upload.findings().get(0)).isEqualTo(laptop.inOrder().get(0)).satisfies(first -> {
            assertThat(first.mistake().code()).isEqualTo("GAP");
            assertThat(first.stops()).isFalse();
            assertThat(first.explains()).isEqualTo(2);
        });
        assertThat(upload.findings())
                .extracting(found -> found.mistake().code())
                .contains("EXAMPLE", "CONTRADICTION", "UNKNOWN_KEY", "GROUP_UNKNOWN");
    }
}

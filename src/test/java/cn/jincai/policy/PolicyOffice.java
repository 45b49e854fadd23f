package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Role;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Two officials who bring a made-up scheme into force for the time of a story, the way of every package: uploaded, proposed, approved. */
public final class PolicyOffice {
    private static final Actor ADMIN = new Actor("policy-admin", Set.of(Role.POLICY_ADMIN)),
            APPROVER = new Actor("policy-approver", Set.of(Role.POLICY_APPROVER));

    private final Publication publication;
    private final JdbcClient jdbc;
    private final CityClock clock;
    private final City city;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    public PolicyOffice(ApplicationContext context) {
        publication = context.getBean(Publication.class);
        jdbc = context.getBean(JdbcClient.class);
        clock = context.getBean(CityClock.class);
        city = context.getBean(City.class);
        transaction = context.getBean(TransactionTemplate.class);
        events = context;
    }

    /** In force from today on. */
    public void publishes(String scheme, SortedMap<String, byte[]> files) {
        putsBack(scheme, uploads(files));
    }

    /** Kept, and not yet proposed. @return its hash */
    public String uploads(SortedMap<String, byte[]> files) {
        var upload = publication.upload(PackageZip.write(files), ADMIN);
        assertThat(upload.mistakes()).isEmpty();
        return upload.hash();
    }

    /** A version that was frozen before. */
    public void putsBack(String scheme, String hash) {
        List<String> reasons =
                Collections.nCopies(publication.warnings(scheme, hash).size(), "试行");
        publication.publish(
                publication
                        .propose(scheme, hash, clock.today(), "试行", reasons, ADMIN)
                        .id(),
                APPROVER);
        city.passes("PT2S"); // what is in force is held for a second
    }

    /** With other words in one file. */
    public static void change(SortedMap<String, byte[]> files, String file, String from, String to) {
        String text = new String(files.get(file), StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        files.put(file, text.replace(from, to).getBytes(StandardCharsets.UTF_8));
    }

    /** As if it had never been: other tests know the city's three schemes only. The record is told, so that nobody finds rows missing. */
    public void forgets(String scheme) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("delete from policies_in_force where scheme = ?")
                    .param(scheme)
                    .update();
            events.publishEvent(CaseEvent.forAuditors(
                    "policy.event." + PolicyRows.KIND, ADMIN, Role.POLICY_ADMIN, Map.of("scheme", scheme)));
        });
        city.passes("PT2S");
    }
}

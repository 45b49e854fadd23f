package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Role;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two officials who bring a made-up scheme into force for the time of a story, the way of every package: uploaded, proposed, approved. */
public final class PolicyOffice {
    private static final Actor ADMIN = new Actor("policy-admin", Set.of(Role.POLICY_ADMIN)),
            APPROVER = new Actor("policy-approver", Set.of(Role.POLICY_APPROVER));

    private final Publication publication;
    private final JdbcClient jdbc;
    private final CityClock clock;
    private final City city;

    public PolicyOffice(ApplicationContext context) {
        publication = context.getBean(Publication.class);
        jdbc = context.getBean(JdbcClient.class);
        clock = context.getBean(CityClock.class);
        city = context.getBean(City.class);
    }

    /** In force from today on. */
    public void publishes(String scheme, SortedMap<String, byte[]> files) {
        var upload = publication.upload(PackageZip.write(files), ADMIN);
        assertThat(upload.mistakes()).isEmpty();
        List<String> reasons =
                Collections.nCopies(publication.warnings(scheme, upload.hash()).size(), "试行");
        publication.publish(
                publication
                        .propose(scheme, upload.hash(), clock.today(), "试行", reasons, ADMIN)
                        .id(),
                APPROVER);
        city.passes("PT2S"); // what is in force is held for a second
    }

    /** As if it had never been: other tests know the city's three schemes only. */
    public void forgets(String scheme) {
        jdbc.sql("delete from policies_in_force where scheme = ?").param(scheme).update();
        city.passes("PT2S");
    }
}

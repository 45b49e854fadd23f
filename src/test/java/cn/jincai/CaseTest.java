package cn.jincai;

import cn.jincai.journeys.City;
import cn.jincai.journeys.Overheard;
import cn.jincai.journeys.Secrets;
import cn.jincai.journeys.TypedWords;
import cn.jincai.policy.NewForms;
import cn.jincai.staffing.Colleagues;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * The whole application with a real engine and a real database, H2 or PostgreSQL by the system property {@code db}. All such tests share
 * one application; each makes its own people and cases. The engine's jobs run only when a test moves the clock.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "camunda.bpm.job-execution.enabled=false",
            "jincai.samples=false",
            "jincai.ticking=false",
            "jincai.quotas.drafts-an-account=1000" // all tests begin cases as the same few people
        })
@Import({
    City.class,
    Colleagues.class,
    NewForms.class,
    OneConnectionEach.class,
    Overheard.class,
    Secrets.class,
    TypedWords.class
})
@ExtendWith({City.BeginsOnAMonday.class, OneConnectionEach.IsEnough.class, Secrets.AreNotOverheard.class})
@ContextConfiguration(initializers = TestDatabase.class)
public @interface CaseTest {}

package cn.jincai;

import cn.jincai.filing.archive.Replays;
import java.io.PrintStream;
import java.util.Arrays;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/**
 * {@code java -jar jincai.jar replay --all}: every kept assessment computed again. Neither pages nor engine are there, so no case moves; it only takes
 * what a replay needs. Exit code 0 where all come out byte for byte the same, 1 where one does not.
 */
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    JacksonAutoConfiguration.class
})
@ComponentScan(
        basePackages = "cn.jincai",
        nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class,
        excludeFilters =
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern =
                                "cn\\.jincai\\.(?!DatabaseTooOld\\$Check$|kernel\\.CityClock$|calendar\\.Calendars$|policy\\.PackageStore$|policy\\.Packages$|assessment\\.Assessments$|vault\\.VaultKey$|filing\\.archive\\.Replays$).*"))
class ReplayRun {
    static final String COMMAND = "replay";

    /** @return the exit code */
    static int run(String[] args, PrintStream out) {
        String[] rest = Arrays.copyOfRange(args, 1, args.length);
        if (!Arrays.asList(rest).contains("--all")) {
            out.println("usage: replay --all");
            return 2;
        }
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ReplayRun.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties("spring.main.banner-mode=off")
                .run(rest)) {
            Replays.Result result = context.getBean(Replays.class)
                    .all(
                            (done, all) -> {
                                if (done % 100 == 0 || done.equals(all)) out.println(done + " / " + all);
                            },
                            out::println);
            out.println(result.replayed() + " replayed, " + result.different() + " different, " + result.failed()
                    + " not replayable");
            return result.isClean() ? 0 : 1;
        }
    }
}

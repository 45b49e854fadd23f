package cn.jincai;

import cn.jincai.vault.Reseal;
import java.io.PrintStream;
import java.util.Arrays;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/**
 * {@code java -jar jincai.jar reseal}: everything that is sealed, sealed anew with JINCAI_KEY; what was sealed with a key before it is opened with
 * JINCAI_KEY_FORMER. Neither pages nor engine are there. Exit code 0 where all of it is done, 1 where a value does not open.
 */
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
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
                                "cn\\.jincai\\.(?!DatabaseTooOld\\$Check$|vault\\.VaultKey$|vault\\.Reseal$|(\\w+\\.)+\\w+Seals$|payment\\.ledger\\.PaymentMarks$|kernel\\.JsonColumns$).*"))
class ResealRun {
    static final String COMMAND = "reseal";

    /** @return the exit code */
    static int run(String[] args, PrintStream out) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ResealRun.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties("spring.main.banner-mode=off")
                .run(Arrays.copyOfRange(args, 1, args.length))) {
            Reseal.Result result = context.getBean(Reseal.class).all(out::println);
            out.println(result.sealed() + " sealed anew, " + result.refused() + " not opened");
            if (result.isClean()) out.println("JINCAI_KEY_FORMER is not needed any more.");
            return result.isClean() ? 0 : 1;
        }
    }
}

package cn.jincai;

import cn.jincai.kernel.MemoryGone;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.task.ThreadPoolTaskSchedulerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.support.TaskUtils;

/** 晋才: a city's talent policies as data, cases as processes, each decision explained. */
@SpringBootApplication(
        proxyBeanMethods = false,
        nameGenerator =
                FullyQualifiedAnnotationBeanNameGenerator
                        .class) // a room's Payments and the diagrams' "payments" are two beans
@EnableScheduling
public class Jincai {
    public static void main(String[] args) {
        MemoryGone.endsTheProcess();
        if (args.length > 0 && args[0].equals(ReplayRun.COMMAND)) System.exit(ReplayRun.run(args, System.out));
        if (args.length > 0 && args[0].equals(CheckRun.COMMAND)) System.exit(CheckRun.run(args, CheckRun.console()));
        if (args.length > 0 && args[0].equals(ResealRun.COMMAND)) System.exit(ResealRun.run(args, System.out));
        SpringApplication.run(Jincai.class, args);
    }

    @Bean
    ThreadPoolTaskSchedulerCustomizer memoryMissedBySchedulesIsHeardOf() {
        return scheduler -> scheduler.setErrorHandler(thrown -> {
            MemoryGone.endIf(thrown);
            TaskUtils.LOG_AND_SUPPRESS_ERROR_HANDLER.handleError(thrown);
        });
    }
}

package cn.jincai;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.scheduling.annotation.EnableScheduling;

/** 晋才: a city's talent policies as data, cases as processes, each decision explained. */
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)   // a room's Payments and the diagrams' "payments" are two beans
@EnableScheduling
public class Jincai {
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals(ReplayRun.COMMAND)) System.exit(ReplayRun.run(args, System.out));
        ClassesAhead.load();
        SpringApplication.run(Jincai.class, args);
    }
}

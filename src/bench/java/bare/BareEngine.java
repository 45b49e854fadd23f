package bare;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The engine and its Tasklist as delivered, with nothing of ours: what a start is compared with. Outside our packages, so that no test finds it. */
@SpringBootApplication
public class BareEngine {
    public static void main(String[] args) {
        SpringApplication.run(BareEngine.class, args);
    }
}

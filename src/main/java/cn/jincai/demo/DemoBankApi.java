package cn.jincai.demo;

import cn.jincai.kernel.Actor;
import cn.jincai.payment.BankAnswers;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The demo's bank answers when it is told to. */
@RestController
@Profile("demo")
class DemoBankApi {
    private final BankSimulator bank;

    DemoBankApi(BankSimulator bank) {
        this.bank = bank;
    }

    /** {@code accept} or {@code refuse}. */
    record Order(String answer) {}

    @PostMapping("/api/demo/bank")
    @PreAuthorize("hasAuthority('admin')")
    List<BankAnswers.Loaded> answer(Actor who, @RequestBody Order order) {
        return bank.answer(who, order.answer());
    }
}

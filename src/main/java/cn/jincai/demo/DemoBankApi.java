package cn.jincai.demo;

import cn.jincai.kernel.Actor;
import cn.jincai.payment.BankAnswers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The demo's bank answers when it is told to. */
@RestController
@Profile("demo")
@Tag(name = "Demo 演示", description = "在演示环境之外不存在 exists in the demo only")
class DemoBankApi {
    private final BankSimulator bank;

    DemoBankApi(BankSimulator bank) {
        this.bank = bank;
    }

    /** {@code accept} or {@code refuse}. */
    record Order(String answer) {}

    @PostMapping("/api/demo/bank")
    @PreAuthorize("hasAuthority('admin')")
    @Operation(summary = "The simulated bank accepts or refuses all that was sent")
    List<BankAnswers.Loaded> answer(Actor who, @RequestBody Order order) {
        return bank.answer(who, order.answer());
    }
}

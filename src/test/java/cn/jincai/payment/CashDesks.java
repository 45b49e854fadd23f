package cn.jincai.payment;

import cn.jincai.CaseTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What stories at the cash desk begin with: desks of their own, closed again after each. */
@CaseTest
abstract class CashDesks {
    @Autowired
    ApplicationContext city;

    private final List<CashDesk> desks = new ArrayList<>();

    CashDesk desk(boolean atOnce) {
        desks.add(new CashDesk(city, atOnce));
        return desks.get(desks.size() - 1);
    }

    @AfterEach
    void close() {
        desks.forEach(CashDesk::close);
    }
}

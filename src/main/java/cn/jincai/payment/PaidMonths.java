package cn.jincai.payment;

import cn.jincai.policy.Scheme;
import cn.jincai.registry.OwnRecordsPort;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Own records: months that runs have paid or are about to pay; what else was decided is told by {@code review}. */
@Component
class PaidMonths implements OwnRecordsPort {
    private final RunMonths months;

    PaidMonths(RunMonths months) {
        this.months = months;
    }

    @Override
    public Map<String, Object> ask(Scheme scheme, String personKey, Map<String, Object> known, LocalDate on) {
        Map<String, Object> counted = new LinkedHashMap<>();
        for (Scheme.Fact fact : scheme.facts())
            if (fact.isOwnRecords() && fact.count().of().equals("months")) counted.put(fact.name(), months.counted(personKey, fact.count().benefits()));
        return counted;
    }
}

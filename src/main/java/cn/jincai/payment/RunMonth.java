package cn.jincai.payment;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Money;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/** A month as a run found it. {@code payment} is null where nothing is due for it. */
public record RunMonth(
        CaseNumber number,
        YearMonth month,
        MonthOutcome outcome,
        @JsonProperty("rateFen") Money rate,
        @JsonProperty("setOffFen") Money setOff,
        @Nullable Long payment) {}

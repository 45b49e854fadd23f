package cn.jincai.calendar;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import java.util.List;

/** A calculation needs a year whose notice is not loaded. It never guesses (rulebook 2.7). */
public class YearNotLoaded extends Problem {
    private final int year;

    public YearNotLoaded(int year) {
        super(
                Kind.CONFLICT,
                "YEAR_NOT_LOADED",
                new Text(
                        year + "年的节假日安排尚未录入，无法计算工作日。请政策管理员录入国务院办公厅当年通知。",
                        "The holiday notice of " + year
                                + " is not loaded, so working days can't be counted. A policy administrator has to load it."),
                List.of());
        this.year = year;
    }

    public int year() {
        return year;
    }
}

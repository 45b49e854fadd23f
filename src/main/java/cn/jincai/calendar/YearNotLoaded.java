package cn.jincai.calendar;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import java.util.List;

/** A calculation needs a year whose notice is not loaded. It never guesses (rulebook 2.7). */
public class YearNotLoaded extends Problem {
    private final int year;

    public YearNotLoaded(int year) {
        super(Kind.CONFLICT, "YEAR_NOT_LOADED", Text.of("calendar.YEAR_NOT_LOADED", year), List.of());
        this.year = year;
    }

    public int year() {
        return year;
    }
}

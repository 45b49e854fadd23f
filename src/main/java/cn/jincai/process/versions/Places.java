package cn.jincai.process.versions;

import cn.jincai.kernel.CaseNumber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where the engine has cases: each element of each diagram at which something of a case stands, asked for many at once. */
@Component
class Places {
    private static final String STANDING = """
            select r.BUSINESS_KEY_, d.RESOURCE_NAME_, e.ACT_ID_, e.ACT_INST_ID_, e.PROC_INST_ID_
            from ACT_RU_EXECUTION r join ACT_RU_EXECUTION e on e.ROOT_PROC_INST_ID_ = r.ID_ join ACT_RE_PROCDEF d on d.ID_ = e.PROC_DEF_ID_""";

    private final JdbcClient db;

    Places(JdbcClient db) {
        this.db = db;
    }

    /**
     * @param file     the diagram ({@code common/review.bpmn})
     * @param activity an element of it; null for a process that is at none by itself
     * @param visit    which time it is there: another where the case has gone on and come back
     * @param process  the engine's id of the diagram's process
     */
    record Place(
            String file,
            @Nullable String activity,
            @Nullable String visit,
            String process) {}

    List<Place> of(CaseNumber number) {
        return db.sql(STANDING + " where r.BUSINESS_KEY_ = ? and r.SUPER_EXEC_ is null and r.PARENT_ID_ is null")
                .param(number.value())
                .query((row, n) -> new Place(row.getString(2), row.getString(3), row.getString(4), row.getString(5)))
                .list();
    }

    /** Of all cases that go by this version; one of which the engine knows nothing is not among them. */
    Map<CaseNumber, List<Place>> goingBy(String hash) {
        return standing(
                " join cases c on c.case_number = r.BUSINESS_KEY_ where c.package_hash = ? and c.stage not in ('draft', 'closed')",
                hash);
    }

    /** Of the cases that this move has moved. */
    Map<CaseNumber, List<Place>> movedBy(long move) {
        return standing(
                " join moved_cases m on m.case_number = r.BUSINESS_KEY_ where m.move_id = ? and m.state = 'moved'",
                move);
    }

    private Map<CaseNumber, List<Place>> standing(String which, Object value) {
        Map<CaseNumber, List<Place>> places = new HashMap<>();
        db.sql(STANDING + which + " and r.SUPER_EXEC_ is null and r.PARENT_ID_ is null")
                .param(value)
                .query(row -> {
                    places.computeIfAbsent(new CaseNumber(row.getString(1)), n -> new ArrayList<>())
                            .add(new Place(row.getString(2), row.getString(3), row.getString(4), row.getString(5)));
                });
        return places;
    }

    /** The same words as long as nothing of the case has gone on. */
    static String told(List<Place> places) {
        return places.stream()
                .filter(place -> place.activity() != null)
                .map(place -> place.activity() + ":" + place.visit())
                .sorted()
                .collect(Collectors.joining(" "));
    }
}

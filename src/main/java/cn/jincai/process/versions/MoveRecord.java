package cn.jincai.process.versions;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.Role;
import cn.jincai.process.versions.VersionMove.Why;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What the record has of a move: what was asked for when it is asked, what was done when it is done. */
@Component
class MoveRecord {
    private final ApplicationEventPublisher events;

    MoveRecord(ApplicationEventPublisher events) {
        this.events = events;
    }

    void tell(String key, Actor by, @Nullable Role as, VersionMove move) {
        events.publishEvent(CaseEvent.forAuditors(key, by, as, details(move)));
    }

    /** What came of it by itself. */
    void tell(String key, VersionMove move, @Nullable Why why) {
        Map<String, String> details = details(move);
        if (why != null) details.put("why", why.code());
        events.publishEvent(CaseEvent.forAuditors(key, Actor.SYSTEM, null, details));
    }

    private static Map<String, String> details(VersionMove move) {
        return new TreeMap<>(Map.of(
                "move", Long.toString(move.id()),
                "scheme", move.scheme(),
                "from", move.from(),
                "to", move.to(),
                "rule", move.rule().code()));
    }
}

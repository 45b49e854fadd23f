package cn.jincai.inquiry;

import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How the record is looked into ({@code inquiry.yaml}).
 *
 * @param most   entries that one export has at most
 * @param groups of kinds of entries, in the order in which they are offered
 */
@ConfigurationProperties("jincai.inquiry")
public record InquirySettings(int most, List<Group> groups, LooksShown looks, PairsShown pairs) {
    /** @throws IllegalArgumentException where a kind stands in two groups, or a limit is none */
    public InquirySettings {
        List<String> kinds = groups.stream().flatMap(g -> g.kinds().stream()).toList();
        if (Set.copyOf(kinds).size() != kinds.size())
            throw new IllegalArgumentException("jincai.inquiry.groups has a kind in two groups");
        if (most < 1 || looks.days < 1 || looks.most < 1 || pairs.least < 1 || pairs.months < 1 || pairs.most < 1)
            throw new IllegalArgumentException("a limit of jincai.inquiry is below 1");
    }

    public record Group(String code, Text name, List<String> kinds) {}

    /**
     * What is told of looks at files.
     *
     * @param dayBegins    office hours in the city, on working days
     * @param personsADay  more people in one day by one account are told
     * @param withoutTasks roles that look without a task of their own
     * @param noActs       kinds of entries that are no work on a case
     * @param days         shown where no days are asked for
     * @param most         looks that one view counts, the newest
     */
    public record LooksShown(
            LocalTime dayBegins,
            LocalTime dayEnds,
            int personsADay,
            Set<Role> withoutTasks,
            List<String> noActs,
            int days,
            int most) {}

    /**
     * What is told of pairs.
     *
     * @param least  cases that a pair has at least, where nothing else is asked for
     * @param months that are looked at
     * @param most   opinions that one view counts, the newest
     */
    public record PairsShown(int least, int months, int most) {}
}

package cn.jincai.web.portal.front;

import cn.jincai.assessment.explanation.AmountSheets;
import cn.jincai.filing.CaseClock;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Text;
import cn.jincai.policy.DiagramSteps;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.registers.Entry;
import cn.jincai.web.portal.WorkedCases;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What anybody may read: for whom which schemes are, what each gives, on what conditions, how a case goes, where to ask, and worked examples. All of it comes from the
 * packages and registers in force and from what the city says of itself.
 */
@Controller
@EnableConfigurationProperties(CityDesk.class)
class PublicPages {
    /** A parameter with the value that holds today. */
    record Value(Parameter parameter, Parameter.Dated now) {}

    private final Packages packages;
    private final SchemeCards cards;
    private final AmountSheets amounts;
    private final DiagramSteps diagrams;
    private final CaseClock promise;
    private final WorkedCases worked;
    private final CityDesk desk;
    private final CityClock clock;

    PublicPages(
            Packages packages,
            SchemeCards cards,
            AmountSheets amounts,
            DiagramSteps diagrams,
            CaseClock promise,
            WorkedCases worked,
            CityDesk desk,
            CityClock clock) {
        this.packages = packages;
        this.cards = cards;
        this.amounts = amounts;
        this.diagrams = diagrams;
        this.promise = promise;
        this.worked = worked;
        this.desk = desk;
        this.clock = clock;
    }

    @GetMapping("/")
    @PreAuthorize("permitAll()")
    String home(Model model) {
        common(model).addAttribute("aboutKey", "home.lead").addAttribute("schemes", cards.all());
        return "public/home";
    }

    /** What home and the list of schemes have in common. */
    private Model common(Model model) {
        return model.addAttribute("audiences", cards.audiences())
                .addAttribute("promised", promise.promisedWorkingDays())
                .addAttribute("desk", desk);
    }

    /**
     * @param q        words that a scheme has to say
     * @param audience code of the kind of person for whom it has to be; one that the register does not have asks nothing
     */
    @GetMapping("/schemes")
    @PreAuthorize("permitAll()")
    String schemes(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(name = "for", defaultValue = "") String audience,
            Model model) {
        SchemeSearch search = new SchemeSearch(q);
        Optional<Entry> who = cards.audience(audience);
        List<SchemeCard> found = cards.all().stream()
                .filter(card -> search.finds(card.scheme()))
                .filter(card -> who.isEmpty() || SchemeCards.isFor(card, audience))
                .toList();
        common(model)
                .addAttribute("aboutKey", "home.lead")
                .addAttribute("q", q)
                .addAttribute("searched", !search.isEmpty())
                .addAttribute("schemes", found)
                .addAttribute("who", who.map(Entry::name).orElse(null))
                .addAttribute(
                        "advice", who.map(e -> desk.advice().get(e.code())).orElse(null))
                .addAttribute("chosen", who.map(Entry::code).orElse(""));
        return "public/schemes";
    }

    @GetMapping("/schemes/{code}")
    @PreAuthorize("permitAll()")
    String scheme(@PathVariable String code, Model model) {
        PolicyPackage pack = packages.offered(code);
        Ruleset rules = pack.rulesetOn(clock.today());
        Text name = pack.catalogue().name();
        common(model)
                .addAttribute("scheme", pack.catalogue())
                .addAttribute("about", pack.catalogue().about())
                .addAttribute("named", name)
                .addAttribute("who", whom(pack))
                .addAttribute("sources", rules.sources())
                .addAttribute("amounts", amounts.read(pack, rules, clock.today()))
                .addAttribute("way", SchemeWay.of(pack, diagrams.of(pack), diagrams.within(pack)))
                .addAttribute("values", values(rules))
                .addAttribute("examples", worked.of(pack, rules));
        return "public/scheme";
    }

    private List<Text> whom(PolicyPackage pack) {
        return pack.catalogue().front().audiences().stream()
                .flatMap(code -> cards.audience(code).stream())
                .map(Entry::name)
                .toList();
    }

    private List<Value> values(Ruleset rules) {
        return rules.parameters().values().stream()
                .flatMap(p -> Stream.ofNullable(p.on(clock.today())).map(now -> new Value(p, now)))
                .toList();
    }
}

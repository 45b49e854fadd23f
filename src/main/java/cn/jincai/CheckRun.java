package cn.jincai;

import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.verification.ExamplesCheck;
import cn.jincai.assessment.verification.RulesCheck;
import cn.jincai.assessment.verification.Verifier;
import cn.jincai.calendar.Calendars;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.filing.FieldChecks;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Gate;
import cn.jincai.policy.PackageAtHand;
import cn.jincai.policy.PackageCheck;
import cn.jincai.policy.PackageFolders;
import cn.jincai.policy.Place;
import cn.jincai.policy.registers.Registers;
import cn.jincai.process.KnownToDiagrams;
import cn.jincai.simulation.PopulationCheck;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.StringUtils;

/**
 * {@code bin/jincai check <folder>}: all that the office's gate would say of a package, of every package in a tree or of a zip, in seconds, without database and without
 * the application. Exit code 0 where nothing stops them, 1 where something does, 2 where there is nothing to look at.
 */
class CheckRun {
    static final String COMMAND = "check";
    private static final String ENGLISH = "--english", CHINESE = "--chinese";

    private final PrintStream out;
    private final Locale locale;
    private int stopping, odd;

    private CheckRun(PrintStream out, Locale locale) {
        this.out = out;
        this.locale = locale;
    }

    /** @return the exit code */
    static int run(String[] args, PrintStream out) {
        List<String> given = new ArrayList<>(Arrays.asList(args).subList(1, args.length));
        Locale locale = Locale.getDefault().getLanguage().equals("zh") ? Locale.CHINESE : Locale.ENGLISH;
        if (given.remove(CHINESE)) locale = Locale.CHINESE;
        if (given.remove(ENGLISH)) locale = Locale.ENGLISH;
        CheckRun run = new CheckRun(out, locale);
        if (given.isEmpty() || given.stream().anyMatch(one -> one.startsWith("-"))) {
            run.say("policy.check.usage");
            return 2;
        }
        try {
            return run.check(given);
        } catch (IOException e) {
            run.say("policy.check.unreadable", String.valueOf(e.getMessage()));
            return 2;
        }
    }

    /** The console's own characters, where they can say what is to be said. */
    static PrintStream console() {
        Charset own = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        return new PrintStream(System.out, true, own.newEncoder().canEncode('晋') ? own : StandardCharsets.UTF_8);
    }

    /** The office's, but for what the demo alone says of its samples. */
    static List<PackageCheck> checks(PackageFolders beside, CityClock clock) {
        WorkingCalendar calendar = Calendars.ofTheProduct();
        return Stream.concat(
                        Gate.ofThisRoom(FieldChecks.all(clock), KnownToDiagrams.words(), clock, beside, ofTheRulebook())
                                .stream(),
                        Stream.of(
                                new RulesCheck(),
                                new Verifier(() -> calendar, clock::today),
                                new ExamplesCheck(Assessments.with(calendar)),
                                new PopulationCheck()))
                .toList();
    }

    /** As the application's settings name them, which nobody reads here. */
    private static Set<String> ofTheRulebook() {
        YamlPropertiesFactoryBean settings = new YamlPropertiesFactoryBean();
        settings.setResources(new ClassPathResource("application.yaml"));
        return StringUtils.commaDelimitedListToSet(StringUtils.trimAllWhitespace(
                Objects.requireNonNull(settings.getObject()).getProperty("jincai.schemes-of-the-rulebook")));
    }

    private int check(List<String> given) throws IOException {
        long start = System.nanoTime();
        List<PackageAtHand> packages = new ArrayList<>();
        for (String path : given) {
            Findings broken = new Findings();
            List<PackageAtHand> there = PackageAtHand.in(Path.of(path), Path.of("."), broken);
            if (there.isEmpty() && broken.isEmpty()) {
                say("policy.check.nothing", path);
                return 2;
            }
            tell(broken, name -> path, null);
            packages.addAll(there);
        }
        Map<PackageFolders, Gate> gates =
                new ConcurrentHashMap<>(); // one for a tree, which reads the other schemes once
        List<Findings> found = packages.parallelStream()
                .map(one -> {
                    Findings findings = new Findings();
                    gates.computeIfAbsent(one.beside(), beside -> new Gate(checks(beside, new CityClock())))
                            .look(one.scheme(), one.files(), findings);
                    return findings;
                })
                .toList();
        for (int i = 0; i < found.size(); i++) {
            PackageAtHand one = packages.get(i);
            tell(found.get(i), one.shown(), one);
        }
        long schemes = packages.stream()
                .filter(one -> !one.scheme().equals(Registers.CODE))
                .count();
        say("policy.check.done", Math.max(1, schemes), stopping, odd, (System.nanoTime() - start) / 100_000_000 / 10.0);
        return stopping == 0 ? 0 : 1;
    }

    private void tell(Findings findings, UnaryOperator<String> shown, @Nullable PackageAtHand of) {
        for (Findings.Found found : findings.inOrder()) {
            Place place = Place.of(found.mistake());
            byte[] content = of == null ? null : of.files().get(place.file());
            out.println(shown.apply(place.file()) + ":" + (content == null ? 1 : place.line(content)) + ": "
                    + Text.of(found.stops() ? "policy.check.stops" : "policy.check.odd")
                            .in(locale) + " "
                    + found.mistake().code() + " "
                    + (place.in().isEmpty() ? "" : "(" + place.in() + ") ")
                    + found.mistake().message().in(locale));
            if (found.stops()) stopping++;
            else odd++;
        }
    }

    private void say(String key, Object... values) {
        out.println(Text.of(key, values).in(locale));
    }
}

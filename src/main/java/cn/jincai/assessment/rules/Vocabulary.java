package cn.jincai.assessment.rules;

import cn.jincai.kernel.Period;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Percent;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.Derived;
import cn.jincai.policy.Scheme.Fact;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All names of a scheme with their slots: first the facts, then the application date, then what is derived. */
public final class Vocabulary {
    private final Map<String, Symbol> symbols = new LinkedHashMap<>();
    private final List<Symbol> bySlot = new ArrayList<>();
    private final List<Fact> facts;
    public final Scheme scheme;
    public final int applicationDate;
    public final int governingDate;
    /** Slots of facts. */
    public final Bits factSlots;
    /** What the slots need for their values: one each, and for a list with more than 64 codes one for each further 64. */
    private int places;
    /** Slots of what is made of months: a search tells them as if they were facts. */
    private final List<Integer> ofMonths = new ArrayList<>();

    public Vocabulary(Scheme scheme) {
        this.scheme = scheme;
        this.facts = scheme.facts();
        places = facts.size() + 1 + scheme.rules().derived().size();
        for (Fact fact : facts) add(fact.name(), kind(fact.type()), codes(fact), false);
        applicationDate = add(Scheme.APPLICATION_DATE, Symbol.Kind.DATE, List.of(), false);
        for (Derived d : scheme.rules().derived()) {
            switch (d.as()) {
                case firstDayOf, lastDayOf -> add(d.name(), Symbol.Kind.DATE, List.of(), false);
                case forEachMonth -> add(d.name(), Symbol.Kind.SERIES, List.of(), false);
                case leastOfMonths, mostOfMonths -> add(d.name(), ofAMonth(slot(d.of())), List.of(), false);
                case endOfPeriod -> add(d.name(), Symbol.Kind.DATE, List.of(), true);
                case monthsLater -> add(d.name(), Symbol.Kind.DATE, List.of(), false);
                case percent -> add(d.name(), Symbol.Kind.PERCENT, List.of(), false);
                case verdictOf ->
                    add(
                            d.name(),
                            Symbol.Kind.TEXT,
                            Stream.of(Verdict.values()).map(Enum::name).toList(),
                            false);
                default -> add(d.name(), Symbol.Kind.NUMBER, List.of(), false);
            }
            if (d.isOfMonths()) ofMonths.add(slot(d.name()));
        }
        governingDate = symbols.containsKey(scheme.governingDate())
                ? symbols.get(scheme.governingDate()).slot()
                : applicationDate;
        factSlots = Bits.below(facts.size());
    }

    private int add(String name, Symbol.Kind kind, List<String> codes, boolean provisional) {
        int words = kind == Symbol.Kind.LIST && codes.size() > 64 ? codes.size() - 1 >>> 6 : 0;
        Symbol symbol = new Symbol(name, symbols.size(), kind, codes, provisional, words == 0 ? -1 : places);
        places += words;
        symbols.put(name, symbol);
        bySlot.add(symbol);
        return symbol.slot();
    }

    private static Symbol.Kind kind(Scheme.Type type) {
        return switch (type) {
            case DATE -> Symbol.Kind.DATE;
            case BOOLEAN -> Symbol.Kind.FLAG;
            case TEXT -> Symbol.Kind.TEXT;
            case LIST -> Symbol.Kind.LIST;
            case INTEGER, FEN -> Symbol.Kind.NUMBER;
            case PERCENT -> Symbol.Kind.PERCENT;
            case SERIES -> Symbol.Kind.SERIES;
            case PERIOD -> Symbol.Kind.PERIOD;
        };
    }

    /** What a series has for each month; a number where it is made, or is none. */
    Symbol.Kind ofAMonth(int slot) {
        Fact fact = slot < 0 ? null : fact(slot);
        return fact == null || fact.type() != Scheme.Type.SERIES
                ? Symbol.Kind.NUMBER
                : kind(fact.ofOneMonth().type());
    }

    private static List<String> codes(Fact fact) {
        return fact.type() == Scheme.Type.BOOLEAN
                ? Symbol.FLAGS
                : fact.values().stream().map(Scheme.Value::code).toList();
    }

    /** @return null for a name that nobody knows */
    public @Nullable Symbol get(String name) {
        return symbols.get(name);
    }

    /** What a fact of the scheme is called, or a name that is known to be one of the vocabulary's. */
    public Symbol known(String name) {
        return at(slot(name));
    }

    /** Where a value stands; -1 for null, and for a name that nobody knows. */
    public int slot(@Nullable String name) {
        Symbol symbol = name == null ? null : symbols.get(name);
        return symbol == null ? -1 : symbol.slot();
    }

    /** The day that picks the value of a parameter. */
    public int chooser(Parameter parameter) {
        return parameter.chosenBy().equals(Parameter.BY_GOVERNING_DATE) ? governingDate : slot(parameter.chosenBy());
    }

    public Symbol at(int slot) {
        return bySlot.get(slot);
    }

    Collection<String> names() {
        return symbols.keySet();
    }

    public int size() {
        return symbols.size();
    }

    /** With the rest of long lists. */
    int places() {
        return places;
    }

    /** For a case of which nothing is known. */
    public Slots noSlots() {
        return new Slots(places);
    }

    /** The fact in a slot that is a fact's. */
    public Fact knownFact(int slot) {
        return facts.get(slot);
    }

    /** The fact in a slot; null for what is derived. */
    public @Nullable Fact fact(int slot) {
        return slot < facts.size() ? facts.get(slot) : null;
    }

    /** What is made in a slot that is neither a fact's nor the application date's. */
    public Derived derived(int slot) {
        return scheme.rules().derived().get(slot - applicationDate - 1);
    }

    /** Facts as they come, by name; a date after the application date that may not lie ahead is a slip and counts as unknown (rulebook 2.10). */
    public Slots slots(LocalDate applicationDay, Map<String, Object> given) {
        Slots slots = noSlots();
        long today = applicationDay.toEpochDay();
        slots.set(applicationDate, today);
        for (int slot = 0; slot < facts.size(); slot++) {
            Fact fact = facts.get(slot);
            Object value = given.get(fact.name());
            if (value == null) {
                if (fact.absent().none()) slots.setNone(slot);
                else if (fact.absent().value() != null)
                    slots.set(slot, fact.absent().value());
                continue;
            }
            switch (fact.type()) {
                case DATE -> {
                    long day = ((LocalDate) value).toEpochDay();
                    if (day <= today || fact.mayLieAhead()) slots.set(slot, day);
                }
                case BOOLEAN -> slots.set(slot, (Boolean) value ? 1 : 0);
                case INTEGER, FEN -> slots.set(slot, ((Number) value).longValue());
                case PERCENT -> slots.set(slot, Percent.of((Number) value).orElseThrow());
                case TEXT -> {
                    int code = codeOf(fact, value);
                    if (code >= 0) slots.set(slot, code);
                }
                case LIST -> {
                    Bits codes = Bits.NONE;
                    for (Object item : (Collection<?>) value) codes = codes.with(codeOf(fact, item));
                    slots.set(bySlot.get(slot), codes);
                }
                case SERIES -> slots.set(slot, Series.of((Map<?, ?>) value));
                case PERIOD ->
                    slots.set(slot, Period.of((String) value).orElseThrow().number());
            }
        }
        for (int slot : ofMonths) {
            Object searched = given.get(bySlot.get(slot).name());
            if (searched != null)
                slots.set(
                        slot,
                        searched instanceof Long whole
                                ? whole
                                : Percent.of((Number) searched).orElseThrow());
        }
        return slots;
    }

    private static int codeOf(Fact fact, Object value) {
        if (fact.values().isEmpty()) return 0; // any text: it is known, and no cell reads it
        String code = String.valueOf(value);
        for (int i = 0; i < fact.values().size(); i++)
            if (fact.values().get(i).code().equals(code)) return i;
        return -1;
    }
}

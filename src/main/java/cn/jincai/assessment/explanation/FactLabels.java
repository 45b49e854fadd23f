package cn.jincai.assessment.explanation;

import cn.jincai.assessment.rules.CellTest;
import cn.jincai.assessment.rules.NumericExpression;
import cn.jincai.assessment.rules.ReadableRules;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.assessment.rules.Symbol;
import cn.jincai.assessment.rules.Vocabulary;
import cn.jincai.kernel.Money;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.Derived;
import cn.jincai.policy.Scheme.Fact;
import cn.jincai.policy.Table;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What facts, derived values and parameters are called and how their values are written, by the labels and types of the scheme. */
final class FactLabels {
    enum Unit {
        NUMBER,
        MONTHS,
        YEARS,
        AGE,
        FEN,
        LEVEL,
        DAY,
        FLAG
    }

    static final Text NOTHING = new Text("无", "none");
    private static final Map<String, Text> VERDICTS = Map.of(
            "REJECT",
            new Text("不予支持", "refused"),
            "SUPPLEMENT",
            new Text("须补正", "to be mended"),
            "MANUAL",
            new Text("由工作人员核实", "for an officer to check"),
            "APPROVE",
            new Text("可以支持", "granted"));

    private final Vocabulary vocabulary;
    private final ReadableRules reading;
    private final Unit[] units;
    private final Text[] labels;
    private final Map<String, Derived> derived = new HashMap<>();

    FactLabels(ReadableRules reading) {
        this.reading = reading;
        this.vocabulary = reading.vocabulary;
        for (Derived d : vocabulary.scheme.rules().derived()) derived.put(d.name(), d);
        units = new Unit[vocabulary.size()];
        for (int slot = 0; slot < units.length; slot++) units[slot] = unitByType(slot);
        for (CellTest test : reading.tests()) compareUnits(test);
        labels = new Text[vocabulary.size()];
        for (int slot = 0; slot < labels.length; slot++) labels[slot] = labelOf(slot);
    }

    Text label(int slot) {
        return labels[slot];
    }

    Unit unit(int slot) {
        return units[slot] == null ? Unit.NUMBER : units[slot];
    }

    /** @return null where a number has none of its own, as a bare one */
    Unit unit(NumericExpression n) {
        if (n instanceof NumericExpression.Slot s) return units[s.slot()];
        if (reading.parameter(n) != null) return unit(reading.parameter(n));
        return ReadableRules.parts(n).stream()
                .map(this::unit)
                .filter(java.util.Objects::nonNull)
                .max(Enum::compareTo)
                .orElse(null);
    }

    static Unit unit(Parameter parameter) {
        return switch (parameter.unit()) {
            case "fen" -> Unit.FEN;
            case "months" -> Unit.MONTHS;
            case "years" -> Unit.YEARS;
            case "date" -> Unit.DAY;
            case "flag" -> Unit.FLAG;
            default -> Unit.NUMBER;
        };
    }

    private Unit unitByType(int slot) {
        Symbol symbol = vocabulary.at(slot);
        if (symbol.kind() == Symbol.Kind.DATE) return Unit.DAY;
        if (symbol.kind() == Symbol.Kind.FLAG) return Unit.FLAG;
        Fact fact = vocabulary.fact(slot);
        if (fact != null) {
            if (fact.type() == Scheme.Type.FEN) return Unit.FEN;
            if (fact.count() == null || fact.type() != Scheme.Type.INTEGER) return null;
            return fact.count().of().equals("level")
                    ? Unit.LEVEL
                    : fact.count().of().equals("months") ? Unit.MONTHS : Unit.NUMBER;
        }
        Derived d = derived.get(symbol.name());
        return d == null
                ? null
                : switch (d.as()) {
                    case completedYears ->
                        vocabulary
                                        .scheme
                                        .fact(d.from())
                                        .filter(f -> f.source().equals("identity"))
                                        .isPresent()
                                ? Unit.AGE
                                : Unit.YEARS;
                    case completedMonths -> Unit.MONTHS;
                    case bestForCertain, bestPossible -> Unit.LEVEL;
                    case sumOf -> Unit.FEN;
                    case outputOf -> d.column().equals("months") ? Unit.MONTHS : Unit.FEN;
                    case limitMissed ->
                        vocabulary.get(d.column()) == null
                                ? null
                                : unitByType(vocabulary.get(d.column()).slot());
                    case calculation -> unit(reading.number(d.is()));
                    default -> null;
                };
    }

    /** A number without a type of its own is of the unit of what it is compared with. */
    private void compareUnits(CellTest test) {
        if (test instanceof CellTest.Compare c
                && c.left() instanceof NumericExpression.Slot s
                && units[s.slot()] == null) units[s.slot()] = unit(c.right());
        if (test instanceof CellTest.Both b) {
            compareUnits(b.a());
            compareUnits(b.b());
        }
        if (test instanceof CellTest.Either e) {
            compareUnits(e.a());
            compareUnits(e.b());
        }
        if (test instanceof CellTest.Not n) compareUnits(n.a());
    }

    private Text labelOf(int slot) {
        Fact fact = vocabulary.fact(slot);
        if (fact != null) return fact.label();
        if (slot == vocabulary.applicationDate) return new Text("申请日", "day of application");
        Derived d = derived.get(vocabulary.at(slot).name());
        return d.label() != null ? d.label() : made(d);
    }

    /** How a derived value comes about, for its name where the scheme gives none. */
    private Text made(Derived d) {
        return switch (d.as()) {
            case completedYears -> both(d, "满的周年数", "years completed");
            case completedMonths -> both(d, "满的月数", "months completed");
            case endOfPeriod, monthsLater ->
                new Text(
                        name(d.from()).zh() + "起" + months(d).zh() + "的最后一日",
                        "the day " + months(d).en() + " after " + name(d.from()).en());
            case number ->
                new Text(
                        "“" + name(d.of()).zh() + "”的位次",
                        "rank of " + name(d.of()).en());
            case sumOf ->
                around(vocabulary.scheme.benefit(d.benefit()).name(), "本次", "的金额", "sum of ", " in this application");
            case verdictOf -> around(vocabulary.scheme.benefit(d.benefit()).name(), "", "的结论", "verdict on ", "");
            case bestForCertain -> new Text(columnLabel(d.name()), "best level for certain");
            case bestPossible -> new Text(columnLabel(d.name()), "best level that may be reached");
            case limitMissed ->
                new Text(
                        "仅差“" + name(d.column()).zh() + "”一项时的上限",
                        "limit of " + name(d.column()).en() + " where it alone is missed");
            case outputOf ->
                new Text(
                        "表“" + tableName(d.table()) + "”给予的" + (d.column().equals("months") ? "月数" : "金额"),
                        d.column().equals("months") ? "months by the table of rates" : "sum by the table of rates");
            case calculation ->
                expression(
                        reading.number(d.is()),
                        unit(vocabulary.get(d.name()).slot()),
                        false,
                        n -> n instanceof NumericExpression.Slot s
                                ? labelOf(s.slot())
                                : parameterLabel(reading.parameter(n)));
        };
    }

    private Text months(Derived d) {
        return expression(
                reading.number(d.months()),
                Unit.MONTHS,
                false,
                n -> n instanceof NumericExpression.Slot s ? labelOf(s.slot()) : parameterLabel(reading.parameter(n)));
    }

    private Text both(Derived d, String zh, String en) {
        return new Text(
                name(d.from()).zh() + "到" + name(d.on()).zh() + zh,
                en + " from " + name(d.from()).en() + " to " + name(d.on()).en());
    }

    private Text name(String symbol) {
        return labelOf(vocabulary.get(symbol).slot());
    }

    private String tableName(String id) {
        return reading.ruleset.table(id).map(Table::name).orElse(id);
    }

    /** What the tables call it. */
    private String columnLabel(String name) {
        return Stream.concat(reading.ruleset.conditions().stream(), reading.ruleset.entitlements().stream())
                .flatMap(t -> t.columns().stream())
                .filter(c -> c.expression().equals(name))
                .map(Table.Column::label)
                .findFirst()
                .orElse("可达到的层次");
    }

    static Text parameterLabel(Parameter parameter) {
        return around(parameter.label(), "“", "”", "\"", "\"");
    }

    /** A calculation in words, or with its signs; {@code leaf} says a slot or a parameter. */
    Text expression(NumericExpression n, Unit unit, boolean signs, Function<NumericExpression, Text> leaf) {
        if (n instanceof NumericExpression.Constant c) return number(c.value(), unit);
        List<NumericExpression> of = ReadableRules.parts(n);
        if (of.isEmpty()) return leaf.apply(n);
        Unit each = n instanceof NumericExpression.Times ? Unit.NUMBER : unit; // twice a sum is not two fen of it
        List<Text> parts =
                of.stream().map(part -> expression(part, each, signs, leaf)).toList();
        if (n instanceof NumericExpression.Plus)
            return signs ? joined(parts, " + ", " + ") : joined(parts, "加", " plus ");
        if (n instanceof NumericExpression.Minus)
            return signs ? joined(parts, " − ", " − ") : joined(parts, "减", " minus ");
        if (n instanceof NumericExpression.Times)
            return signs ? joined(parts, " × ", " × ") : joined(parts, "乘以", " times ");
        if (n instanceof NumericExpression.Most
                && of.size() == 2
                && of.get(0) instanceof NumericExpression.Constant c
                && c.value() == 0) return around(parts.get(1), "", "（不低于0）", "", " (not below 0)");
        return around(
                joined(parts, "、", ", "),
                "",
                n instanceof NumericExpression.Most ? "中较大的" : "中较小的",
                n instanceof NumericExpression.Most ? "the largest of " : "the smallest of ",
                "");
    }

    static Text number(long number, Unit unit) {
        return switch (unit == null ? Unit.NUMBER : unit) {
            case MONTHS -> new Text(number + "个月", number + (number == 1 ? " month" : " months"));
            case YEARS -> new Text(number + "年", number + (number == 1 ? " year" : " years"));
            case AGE -> new Text(number + "周岁", number + (number == 1 ? " year" : " years"));
            case LEVEL -> new Text("第" + number + "层次", "level " + number);
            case FEN -> new Text(yuan(number) + "元", yuan(number) + " yuan");
            case DAY -> day(LocalDate.ofEpochDay(number));
            case FLAG -> flag(number != 0);
            case NUMBER -> new Text(String.valueOf(number), String.valueOf(number));
        };
    }

    private static String yuan(long fen) {
        String yuan = new Money(Math.abs(fen)).yuan().replaceFirst("\\.00$", "");
        return fen < 0 ? "-" + yuan : yuan;
    }

    static Text day(LocalDate day) {
        return new Text(day.getYear() + "年" + day.getMonthValue() + "月" + day.getDayOfMonth() + "日", day.toString());
    }

    static Text flag(boolean flag) {
        return flag ? new Text("是", "yes") : new Text("否", "no");
    }

    /** What a parameter holds; "nothing is asked" where it is none. */
    static Text held(Object is, Unit unit) {
        if (is == null) return new Text("不作要求", "nothing is asked");
        if (is instanceof LocalDate day) return day(day);
        if (is instanceof Boolean flag) return flag(flag);
        return number((Long) is, unit);
    }

    /** The value in a slot as people write it. */
    Text value(int slot, Slots s) {
        if (s.isUnknown(slot)) return new Text("尚不知道", "not known");
        if (s.isNone(slot)) return NOTHING;
        Symbol symbol = vocabulary.at(slot);
        long value = s.value[slot];
        if (symbol.kind() == Symbol.Kind.LIST) return value == 0 ? NOTHING : codes(slot, value);
        if (symbol.kind() == Symbol.Kind.TEXT)
            return symbol.codes().isEmpty() ? new Text("已填写", "given") : code(slot, (int) value);
        return number(value, unit(slot));
    }

    /** The names of these codes, as bits. */
    Text codes(int slot, long bits) {
        Symbol symbol = vocabulary.at(slot);
        return joined(
                java.util.stream.IntStream.range(0, symbol.codes().size())
                        .filter(i -> (bits >>> i & 1) != 0)
                        .mapToObj(i -> code(slot, i))
                        .toList(),
                "、",
                ", ");
    }

    private Text code(int slot, int index) {
        String code = vocabulary.at(slot).codes().get(index);
        Fact fact = vocabulary.fact(slot);
        if (fact == null) return verdict(code);
        if (fact.type() == Scheme.Type.BOOLEAN) return flag(index == 1);
        return fact.value(code).map(Scheme.Value::name).orElse(new Text(code, code));
    }

    static Text verdict(String code) {
        return VERDICTS.get(code);
    }

    static Text joined(List<Text> texts, String zh, String en) {
        return new Text(
                texts.stream().map(Text::zh).collect(Collectors.joining(zh)),
                texts.stream().map(Text::en).collect(Collectors.joining(en)));
    }

    static Text around(Text text, String zhBefore, String zhAfter, String enBefore, String enAfter) {
        return new Text(zhBefore + text.zh() + zhAfter, enBefore + text.en() + enAfter);
    }
}

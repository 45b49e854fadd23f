package cn.jincai.assessment.rules;

import cn.jincai.policy.Percent;
import cn.jincai.policy.Scheme;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.feel.syntaxtree.Addition;
import org.camunda.feel.syntaxtree.ArithmeticNegation;
import org.camunda.feel.syntaxtree.ConstBool;
import org.camunda.feel.syntaxtree.ConstDate;
import org.camunda.feel.syntaxtree.ConstInputValue$;
import org.camunda.feel.syntaxtree.ConstList;
import org.camunda.feel.syntaxtree.ConstNull$;
import org.camunda.feel.syntaxtree.ConstNumber;
import org.camunda.feel.syntaxtree.ConstString;
import org.camunda.feel.syntaxtree.Division;
import org.camunda.feel.syntaxtree.Exp;
import org.camunda.feel.syntaxtree.FunctionInvocation;
import org.camunda.feel.syntaxtree.Multiplication;
import org.camunda.feel.syntaxtree.PositionalFunctionParameters;
import org.camunda.feel.syntaxtree.Ref;
import org.camunda.feel.syntaxtree.Subtraction;
import org.jspecify.annotations.Nullable;

/** The right sides of cells, and outputs, to numbers, days and values of the kind that is wanted. */
final class ExpressionCompiler {
    private static final Map<String, NumericExpression.Rounding> ROUNDINGS =
            Map.of("down", NumericExpression.Rounding.DOWN, "half-up", NumericExpression.Rounding.HALF_UP);
    private static final Map<String, Long> STEPS = Map.of("fen", 1L, "jiao", 10L, "yuan", 100L);

    private final CellScope names;
    /** Something may be divided: in calculations, which may come to none where the divisor is 0. */
    private boolean divides;

    ExpressionCompiler(CellScope names) {
        this.names = names;
    }

    NumericExpression number(String expression) throws RefusedCell {
        return NumericExpression.fold(typed(expression(expression), null, null));
    }

    NumericExpression typed(String expression, Symbol.Kind kind) throws RefusedCell {
        return NumericExpression.fold(typed(expression(expression), null, kind));
    }

    NumericExpression calculation(String expression, Symbol.Kind kind) throws RefusedCell {
        divides = true;
        try {
            return NumericExpression.fold(typed(expression(expression), null, kind));
        } finally {
            divides = false;
        }
    }

    Object value(String expression) throws RefusedCell {
        Exp exp = expression(expression);
        if (exp instanceof ConstString s) return s.value();
        if (exp instanceof ConstBool b) return b.value();
        if (exp instanceof ConstDate d) return d.value();
        if (exp instanceof ConstList list) {
            List<Object> items = new ArrayList<>();
            for (Exp item : items(list.items())) {
                if (!(item instanceof ConstString s)) throw new RefusedCell("assessment.cell.textsOnly");
                items.add(s.value());
            }
            return items;
        }
        if (exp instanceof Ref r && !names.isParameter(name(r))) return names.symbol(name(r));
        NumericExpression number = NumericExpression.fold(typed(exp, null, null));
        return exp instanceof Ref r
                        && names.kind(name(r)) == Symbol.Kind.DATE
                        && number instanceof NumericExpression.Constant day
                ? LocalDate.ofEpochDay(day.value())
                : number;
    }

    private static Exp expression(String text) throws RefusedCell {
        return FeelParser.expression(CellText.plain(text)).orElseThrow(ExpressionCompiler::unreadable);
    }

    /** A number or day; {@code column} null in outputs, where {@code ?} has no meaning, {@code kind} null where either will do. */
    NumericExpression typed(Exp exp, @Nullable String column, Symbol.@Nullable Kind kind) throws RefusedCell {
        if (exp instanceof ConstNumber n) {
            if (kind == Symbol.Kind.DATE) throw new RefusedCell("assessment.cell.numberForDay");
            if (kind == Symbol.Kind.PERCENT) return new NumericExpression.Constant(percent(n));
            return new NumericExpression.Constant(whole(n));
        }
        if (exp instanceof ArithmeticNegation n && n.x() instanceof ConstNumber c) {
            if (kind == Symbol.Kind.DATE) throw new RefusedCell("assessment.cell.negativeForDay");
            return new NumericExpression.Constant(-whole(c));
        }
        if (exp instanceof ConstDate d) {
            if (kind == Symbol.Kind.NUMBER) throw new RefusedCell("assessment.cell.dayForNumber");
            return new NumericExpression.Constant(day(d.value()));
        }
        if (exp == ConstNull$.MODULE$) throw new RefusedCell("assessment.cell.noSuchDay");
        if (exp == ConstInputValue$.MODULE$ && column != null) return names.number(column);
        if (exp instanceof Ref r) {
            Symbol.Kind found = names.kind(name(r));
            if (found == Symbol.Kind.SERIES || found == Symbol.Kind.PERIOD) throw ofMonths(names.symbol(name(r)));
            if (found == Symbol.Kind.PERCENT && kind != found)
                throw new RefusedCell("assessment.cell.rateAlone", name(r));
            if (kind != null && found != kind || !found.isOrdered())
                throw wrongType(name(r), kind == null ? Symbol.Kind.NUMBER : kind);
            return names.number(name(r));
        }
        if (kind == Symbol.Kind.DATE) throw new RefusedCell("assessment.cell.dayArithmetic");
        if (exp instanceof ConstString || exp instanceof ConstBool)
            throw wrongType(String.valueOf(column), kind == null ? Symbol.Kind.NUMBER : kind);
        if (exp instanceof Division) throw new RefusedCell("assessment.cell.division");
        return kind == Symbol.Kind.PERCENT ? percentage(exp, column) : arithmetic(exp, column);
    }

    /** The parts of one percentage, or the smallest or largest of several; nothing is added to them. */
    private NumericExpression percentage(Exp exp, @Nullable String column) throws RefusedCell {
        if (exp instanceof FunctionInvocation f && f.function().equals("percentOf"))
            return quotient(arguments(f), column, true);
        if (exp instanceof FunctionInvocation f
                && (f.function().equals("min") || f.function().equals("max")))
            return extreme(f, column, Symbol.Kind.PERCENT);
        if (exp instanceof FunctionInvocation f && f.function().equals("scale"))
            return scaled(arguments(f), column, Symbol.Kind.PERCENT);
        throw new RefusedCell("assessment.cell.noPercentage");
    }

    private NumericExpression arithmetic(Exp exp, @Nullable String column) throws RefusedCell {
        if (exp instanceof Addition x) return new NumericExpression.Plus(number(x.x(), column), number(x.y(), column));
        if (exp instanceof Subtraction x)
            return new NumericExpression.Minus(number(x.x(), column), number(x.y(), column));
        if (exp instanceof Multiplication x)
            return new NumericExpression.Times(number(x.x(), column), number(x.y(), column));
        if (!(exp instanceof FunctionInvocation f)) throw unreadable();
        return switch (f.function()) {
            case "share" -> share(arguments(f), column);
            case "scale" -> scaled(arguments(f), column, Symbol.Kind.NUMBER);
            case "divide" -> quotient(arguments(f), column, false);
            case "percentOf" -> throw new RefusedCell("assessment.cell.percentAlone");
            case "min", "max" -> extreme(f, column, Symbol.Kind.NUMBER);
            default -> throw unreadable();
        };
    }

    /** {@code divide(a, b, "down")}, {@code percentOf(part, whole, "half-up")} */
    private NumericExpression quotient(List<Exp> of, @Nullable String column, boolean percent) throws RefusedCell {
        if (!divides
                || of.size() != 3
                || !(of.get(2) instanceof ConstString round && ROUNDINGS.containsKey(round.value())))
            throw new RefusedCell(divides ? "assessment.cell.division" : "assessment.cell.divisionHere");
        return new NumericExpression.Quotient(
                number(of.get(0), column), number(of.get(1), column), ROUNDINGS.get(round.value()), percent);
    }

    /** {@code scale(number, parameter)} */
    private NumericExpression scaled(List<Exp> of, @Nullable String column, Symbol.Kind kind) throws RefusedCell {
        if (of.size() != 2 || !(of.get(1) instanceof Ref scale)) throw new RefusedCell("assessment.cell.scale");
        return new NumericExpression.Scaled(number(of.get(0), column), names.scale(name(scale), kind));
    }

    private NumericExpression extreme(FunctionInvocation f, @Nullable String column, Symbol.Kind kind)
            throws RefusedCell {
        List<NumericExpression> of = new ArrayList<>();
        for (Exp arg : arguments(f)) of.add(typed(arg, column, kind));
        if (of.isEmpty()) throw unreadable();
        return f.function().equals("min") ? new NumericExpression.Least(of) : new NumericExpression.Most(of);
    }

    /** {@code share(number, rate, "down", "yuan")} */
    private NumericExpression share(List<Exp> of, @Nullable String column) throws RefusedCell {
        if (of.size() != 4
                || !(of.get(1) instanceof Ref || of.get(1) instanceof FunctionInvocation)
                || !(of.get(2) instanceof ConstString round && ROUNDINGS.containsKey(round.value()))
                || !(of.get(3) instanceof ConstString to && STEPS.containsKey(to.value())))
            throw new RefusedCell("assessment.cell.share");
        return new NumericExpression.Share(
                number(of.get(0), column),
                rate(of.get(1), column),
                ROUNDINGS.get(round.value()),
                STEPS.get(to.value()));
    }

    /** A rate of the rules, or a percentage that is told or comes about. */
    private NumericExpression rate(Exp exp, @Nullable String column) throws RefusedCell {
        if (!(exp instanceof Ref r)) return typed(exp, column, Symbol.Kind.PERCENT);
        return names.isParameter(name(r)) || names.kind(name(r)) != Symbol.Kind.PERCENT
                ? names.rate(name(r))
                : names.number(name(r));
    }

    private NumericExpression number(Exp exp, @Nullable String column) throws RefusedCell {
        return typed(exp, column, Symbol.Kind.NUMBER);
    }

    Optional<Symbol.Kind> kindOf(Exp exp, @Nullable String column) throws RefusedCell {
        if (exp instanceof Ref r) return Optional.of(names.kind(name(r)));
        if (exp == ConstInputValue$.MODULE$ && column != null) return Optional.of(names.kind(column));
        if (exp instanceof ConstDate) return Optional.of(Symbol.Kind.DATE);
        return Optional.empty();
    }

    Optional<Symbol.Kind> quietKind(Exp exp, @Nullable String column) {
        try {
            return kindOf(exp, column);
        } catch (RefusedCell e) {
            return Optional.empty(); // told when the side itself is read
        }
    }

    static RefusedCell ofMonths(Symbol symbol) {
        return new RefusedCell(
                symbol.kind() == Symbol.Kind.SERIES ? "assessment.cell.seriesAlone" : "assessment.cell.periodAlone",
                symbol.name());
    }

    static RefusedCell wrongType(String name, Symbol.Kind kind) {
        return new RefusedCell("assessment.cell.wrongType", name, kind.told());
    }

    static RefusedCell unreadable() {
        return new RefusedCell("assessment.cell.unreadable");
    }

    static long whole(ConstNumber n) throws RefusedCell {
        BigDecimal value = n.value().bigDecimal();
        try {
            long whole = value.longValueExact();
            if (whole <= Scheme.LARGEST) return whole;
        } catch (ArithmeticException e) {
            // told below, together with numbers that are too large
        }
        throw new RefusedCell("assessment.cell.notWhole", value.toPlainString(), Scheme.LARGEST);
    }

    private static long percent(ConstNumber n) throws RefusedCell {
        BigDecimal value = n.value().bigDecimal();
        return Percent.of(value)
                .orElseThrow(() -> new RefusedCell("assessment.cell.notPercent", value.toPlainString()));
    }

    private static long day(LocalDate day) throws RefusedCell {
        if (day.getYear() < 1 || day.getYear() > 9999) throw new RefusedCell("assessment.cell.dayRange");
        return day.toEpochDay();
    }

    static String name(Ref ref) throws RefusedCell {
        List<String> parts = new ArrayList<>();
        for (Object part : items(ref.names())) parts.add((String) part);
        if (parts.size() != 1) throw new RefusedCell("assessment.cell.dots");
        return parts.get(0);
    }

    static List<Exp> arguments(FunctionInvocation call) throws RefusedCell {
        if (!(call.params() instanceof PositionalFunctionParameters p)) throw unreadable();
        return items(p.params());
    }

    static <T> List<T> items(camundajar.impl.scala.collection.immutable.List<T> list) {
        List<T> items = new ArrayList<>();
        for (var rest = list; !rest.isEmpty(); rest = (camundajar.impl.scala.collection.immutable.List<T>) rest.tail())
            items.add(rest.head());
        return items;
    }
}

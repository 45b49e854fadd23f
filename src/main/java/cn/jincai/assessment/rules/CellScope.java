package cn.jincai.assessment.rules;

import cn.jincai.policy.Parameter;
import cn.jincai.policy.Rate;
import cn.jincai.policy.Scale;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the words of a cell mean while certain parameter values hold.
 *
 * @param parameters by name
 * @param values     the value that holds: Long, LocalDate, Boolean, {@link Rate}, {@link Scale}, {@link #NOTHING} or {@link Withheld}
 * @param isInMonth  what is calculated for one month
 * @param read       collects the parameters that were read, for their status
 */
public record CellScope(
        Vocabulary vocabulary,
        Map<String, Parameter> parameters,
        Map<String, Object> values,
        Set<String> read,
        boolean isInMonth) {
    public static final Object NOTHING = new Object();
    /** The month for which something is made picks the value, see {@link MonthsCompiler}. */
    static final Object BY_MONTH = new Object();

    public CellScope(
            Vocabulary vocabulary, Map<String, Parameter> parameters, Map<String, Object> values, Set<String> read) {
        this(vocabulary, parameters, values, read, false);
    }

    /** What the words mean for one month: a series stands for its value, and each parameter has one. */
    CellScope inMonth(Map<String, Object> held) {
        return new CellScope(vocabulary, parameters, held, read, true);
    }

    private void isPicked(Parameter parameter) throws RefusedCell {
        if (parameter.isByMonth() && !isInMonth) throw new RefusedCell("assessment.cell.byMonth", parameter.name());
    }

    /** The date in this slot, which picks the value, is not known. */
    record Withheld(int slot) {}

    Symbol symbol(String name) throws RefusedCell {
        Symbol symbol = vocabulary.get(name);
        if (symbol == null) throw unknown(name);
        return symbol;
    }

    boolean isParameter(String name) {
        return parameters.containsKey(name);
    }

    Symbol.Kind kind(String name) throws RefusedCell {
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            Symbol symbol = symbol(name);
            return isInMonth && symbol.kind() == Symbol.Kind.SERIES
                    ? vocabulary.ofAMonth(symbol.slot())
                    : symbol.kind();
        }
        isPicked(parameter);
        return switch (parameter.unit()) {
            case Parameter.RATIO -> throw new RefusedCell("assessment.cell.rateAlone", name);
            case Parameter.PERCENT -> Symbol.Kind.PERCENT;
            case Parameter.SCALE -> throw new RefusedCell("assessment.cell.scaleAlone", name);
            case "date" -> Symbol.Kind.DATE;
            case "flag" -> Symbol.Kind.FLAG;
            default -> Symbol.Kind.NUMBER;
        };
    }

    /** What a share is taken by. */
    NumericExpression rate(String name) throws RefusedCell {
        Parameter parameter = parameters.get(name);
        if (parameter == null || !parameter.isRate()) throw new RefusedCell("assessment.cell.noRate", name);
        isPicked(parameter);
        return value(name) instanceof Rate rate ? new NumericExpression.Fraction(rate) : number(name);
    }

    /** By what brackets give. @param kind of that: a number or a percentage */
    NumericExpression scale(String name, Symbol.Kind kind) throws RefusedCell {
        Parameter parameter = parameters.get(name);
        if (parameter == null || !parameter.isScale()) throw new RefusedCell("assessment.cell.noScale", name);
        isPicked(parameter);
        boolean percent = parameter.gives().equals(Parameter.PERCENT);
        if (percent && kind != Symbol.Kind.PERCENT) throw new RefusedCell("assessment.cell.scaleOfPercent", name);
        if (!percent && kind == Symbol.Kind.PERCENT) throw new RefusedCell("assessment.cell.noPercentage");
        return value(name) instanceof Scale scale ? new NumericExpression.Brackets(name, scale) : number(name);
    }

    /** A name as a number or day. */
    NumericExpression number(String name) throws RefusedCell {
        if (!isParameter(name)) return new NumericExpression.Slot(symbol(name).slot());
        Object value = value(name);
        if (value == NOTHING) return new NumericExpression.Nothing();
        if (value instanceof Withheld w) return new NumericExpression.Withheld(w.slot());
        if (value instanceof Rate rate) return new NumericExpression.Constant(rate.numerator()); // a percentage
        if (value instanceof LocalDate day) return new NumericExpression.Constant(day.toEpochDay());
        return new NumericExpression.Constant((Long) value);
    }

    Object value(String parameter) {
        read.add(parameter);
        return Objects.requireNonNull(values.get(parameter));
    }

    RefusedCell unknown(String name) {
        TreeSet<String> known = new TreeSet<>(vocabulary.names());
        known.addAll(parameters.keySet());
        return new RefusedCell("assessment.cell.unknownName", name, String.join(", ", known));
    }
}

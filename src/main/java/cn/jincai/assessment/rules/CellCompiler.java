package cn.jincai.assessment.rules;

import java.util.List;
import java.util.Objects;
import org.camunda.feel.syntaxtree.AtLeastOne;
import org.camunda.feel.syntaxtree.ClosedConstRangeBoundary;
import org.camunda.feel.syntaxtree.Conjunction;
import org.camunda.feel.syntaxtree.ConstBool;
import org.camunda.feel.syntaxtree.ConstInputValue$;
import org.camunda.feel.syntaxtree.ConstNull$;
import org.camunda.feel.syntaxtree.ConstNumber;
import org.camunda.feel.syntaxtree.ConstRange;
import org.camunda.feel.syntaxtree.ConstRangeBoundary;
import org.camunda.feel.syntaxtree.ConstString;
import org.camunda.feel.syntaxtree.Disjunction;
import org.camunda.feel.syntaxtree.Equal;
import org.camunda.feel.syntaxtree.Exp;
import org.camunda.feel.syntaxtree.FunctionInvocation;
import org.camunda.feel.syntaxtree.GreaterOrEqual;
import org.camunda.feel.syntaxtree.GreaterThan;
import org.camunda.feel.syntaxtree.In;
import org.camunda.feel.syntaxtree.InputEqualTo;
import org.camunda.feel.syntaxtree.InputGreaterOrEqual;
import org.camunda.feel.syntaxtree.InputGreaterThan;
import org.camunda.feel.syntaxtree.InputInRange;
import org.camunda.feel.syntaxtree.InputLessOrEqual;
import org.camunda.feel.syntaxtree.InputLessThan;
import org.camunda.feel.syntaxtree.LessOrEqual;
import org.camunda.feel.syntaxtree.LessThan;
import org.camunda.feel.syntaxtree.Not;
import org.camunda.feel.syntaxtree.Ref;
import org.camunda.feel.syntaxtree.SomeItem;
import org.camunda.feel.syntaxtree.UnaryTestExpression;
import org.jspecify.annotations.Nullable;

/**
 * Cells of decision tables to typed tests. The parser is the stock engine's own, so there is no grammar to prove; of what it reads only a small
 * language is let through, and everything else is refused in words, because the stock engine would silently never fire.
 */
public final class CellCompiler {
    private final CellScope names;
    private final ExpressionCompiler expressions;

    public CellCompiler(CellScope names) {
        this.names = names;
        expressions = new ExpressionCompiler(names);
    }

    /** @param column a fact, a derived value or a parameter */
    CellTest test(String column, String cell) throws RefusedCell {
        readable(column);
        return positive(
                column, FeelParser.unaryTests(CellText.plain(cell)).orElseThrow(ExpressionCompiler::unreadable), false);
    }

    /** An output that computes a number or a day. */
    public NumericExpression number(String expression) throws RefusedCell {
        return expressions.number(expression);
    }

    /** What a derived value is calculated as: there, and only there, something may be divided. @param kind number or percentage */
    public NumericExpression calculation(String expression, Symbol.Kind kind) throws RefusedCell {
        return expressions.calculation(expression, kind);
    }

    /** What is calculated for each month, a whole number. */
    NumericExpression ofAMonth(String expression) throws RefusedCell {
        return expressions.typed(expression, Symbol.Kind.NUMBER);
    }

    /** An output that names a value: a number, day, flag, text, list of texts, or something to compute. */
    Object value(String expression) throws RefusedCell {
        return expressions.value(expression);
    }

    /** @param negated inside {@code not(...)}, where {@code true} would never fire in the stock engine */
    private CellTest positive(String column, Exp exp, boolean negated) throws RefusedCell {
        if (exp instanceof AtLeastOne some) {
            @Nullable CellTest test = null;
            for (Exp one : ExpressionCompiler.items(some.xs())) {
                // the stock engine takes it for a test that holds, whatever the flag is
                if (isTrue(one)) throw new RefusedCell("assessment.cell.trueInList");
                test = test == null ? positive(column, one, negated) : either(test, positive(column, one, negated));
            }
            return Objects.requireNonNull(test);
        }
        if (exp instanceof Not not) {
            if (negated) throw new RefusedCell("assessment.cell.notInNot");
            return new CellTest.Not(positive(column, not.x(), true));
        }
        if (exp instanceof InputLessThan x) return compare(ConstInputValue$.MODULE$, CellTest.Op.BELOW, x.x(), column);
        if (exp instanceof InputLessOrEqual x)
            return compare(ConstInputValue$.MODULE$, CellTest.Op.UP_TO, x.x(), column);
        if (exp instanceof InputGreaterThan x)
            return compare(ConstInputValue$.MODULE$, CellTest.Op.ABOVE, x.x(), column);
        if (exp instanceof InputGreaterOrEqual x)
            return compare(ConstInputValue$.MODULE$, CellTest.Op.FROM, x.x(), column);
        if (exp instanceof InputInRange x) return range(column, x.range());
        if (exp instanceof InputEqualTo x) return equal(column, x.x(), negated);
        if (exp instanceof UnaryTestExpression x)
            return isStatement(x.exp()) ? sentence(column, x.exp()) : equal(column, x.exp(), negated);
        throw ExpressionCompiler.unreadable();
    }

    private static boolean isTrue(Exp exp) {
        Exp value = exp instanceof UnaryTestExpression x ? x.exp() : exp instanceof InputEqualTo x ? x.x() : exp;
        return value instanceof ConstBool b && b.value();
    }

    private static boolean isStatement(Exp exp) {
        return exp instanceof Disjunction
                || exp instanceof Conjunction
                || exp instanceof LessThan
                || exp instanceof LessOrEqual
                || exp instanceof GreaterThan
                || exp instanceof GreaterOrEqual
                || exp instanceof Equal
                || exp instanceof Not
                || exp instanceof SomeItem
                || exp instanceof FunctionInvocation f
                        && (f.function().equals("list contains") || f.function().equals("not"));
    }

    /**
     * A whole sentence about {@code ?}. Under a flag the stock engine would compare its truth with the flag, and a sentence that does not look at its
     * column says nothing about it; both are refused.
     */
    private CellTest sentence(String column, Exp exp) throws RefusedCell {
        if (names.kind(column) == Symbol.Kind.FLAG) throw new RefusedCell("assessment.cell.flagsOnly", column);
        CellTest test = statement(column, exp);
        if (names.isParameter(column) || !test.reads().has(names.symbol(column).slot()))
            throw new RefusedCell("assessment.cell.ignoresColumn");
        return test;
    }

    /** Codes of one fact become one look. */
    private static CellTest either(CellTest a, CellTest b) {
        if (a instanceof CellTest.OneOf x && b instanceof CellTest.OneOf y && x.slot() == y.slot())
            return new CellTest.OneOf(x.slot(), x.codes().or(y.codes()));
        if (a instanceof CellTest.Holds x && b instanceof CellTest.Holds y && x.slot() == y.slot())
            return new CellTest.Holds(x.slot(), x.further(), x.codes().or(y.codes()));
        return new CellTest.Either(a, b);
    }

    private CellTest statement(String column, Exp exp) throws RefusedCell {
        if (exp instanceof Disjunction x) return either(statement(column, x.x()), statement(column, x.y()));
        if (exp instanceof Conjunction x) return new CellTest.Both(statement(column, x.x()), statement(column, x.y()));
        if (exp instanceof Not x) return new CellTest.Not(statement(column, x.x()));
        if (exp instanceof LessThan x) return compare(x.x(), CellTest.Op.BELOW, x.y(), column);
        if (exp instanceof LessOrEqual x) return compare(x.x(), CellTest.Op.UP_TO, x.y(), column);
        if (exp instanceof GreaterThan x) return compare(x.x(), CellTest.Op.ABOVE, x.y(), column);
        if (exp instanceof GreaterOrEqual x) return compare(x.x(), CellTest.Op.FROM, x.y(), column);
        if (exp instanceof Equal x && x.x() == ConstInputValue$.MODULE$) return equal(column, x.y(), false);
        if (exp instanceof Equal x && x.x() instanceof Ref r)
            return equal(readable(ExpressionCompiler.name(r)), x.y(), false);
        if (exp instanceof FunctionInvocation f && f.function().equals("list contains")) return contains(column, f);
        if (exp instanceof SomeItem some) return some(column, some);
        if (exp instanceof FunctionInvocation f
                && f.function().equals("not")
                && ExpressionCompiler.arguments(f).size() == 1)
            return new CellTest.Not(
                    statement(column, ExpressionCompiler.arguments(f).get(0)));
        throw ExpressionCompiler.unreadable();
    }

    private CellTest compare(Exp left, CellTest.Op op, Exp right, String column) throws RefusedCell {
        Symbol.Kind kind = expressions
                .kindOf(left, column)
                .or(() -> expressions.quietKind(right, column))
                .orElse(Symbol.Kind.NUMBER);
        if (!kind.isOrdered()) throw new RefusedCell("assessment.cell.noOrder", column, kind.told());
        return compared(
                NumericExpression.fold(expressions.typed(left, column, kind)),
                op,
                NumericExpression.fold(expressions.typed(right, column, kind)));
    }

    private static CellTest compared(NumericExpression left, CellTest.Op op, NumericExpression right) {
        if (!NumericExpression.asks(left) || !NumericExpression.asks(right)) return new CellTest.Always(Truth.FALSE);
        if (left instanceof NumericExpression.Constant a && right instanceof NumericExpression.Constant b)
            return new CellTest.Always(new CellTest.Compare(a, op, b).truth(new Slots(0)));
        return left instanceof NumericExpression.Constant
                ? new CellTest.Compare(right, op.mirrored(), left)
                : new CellTest.Compare(left, op, right);
    }

    private CellTest range(String column, ConstRange range) throws RefusedCell {
        Symbol.Kind kind = names.kind(column);
        if (!kind.isOrdered()) throw new RefusedCell("assessment.cell.rangeKind");
        NumericExpression from = NumericExpression.fold(expressions.typed(bound(range.start()), column, kind)),
                to = NumericExpression.fold(expressions.typed(bound(range.end()), column, kind));
        if (from instanceof NumericExpression.Constant a
                && to instanceof NumericExpression.Constant b
                && a.value() > b.value()) throw new RefusedCell("assessment.cell.rangeOrder");
        NumericExpression in = names.number(column);
        return new CellTest.Both(
                compared(
                        in,
                        range.start() instanceof ClosedConstRangeBoundary ? CellTest.Op.FROM : CellTest.Op.ABOVE,
                        from),
                compared(
                        in,
                        range.end() instanceof ClosedConstRangeBoundary ? CellTest.Op.UP_TO : CellTest.Op.BELOW,
                        to));
    }

    private static Exp bound(ConstRangeBoundary boundary) {
        return boundary instanceof ClosedConstRangeBoundary closed
                ? closed.value()
                : ((org.camunda.feel.syntaxtree.OpenConstRangeBoundary) boundary).value();
    }

    private CellTest equal(String column, Exp exp, boolean negated) throws RefusedCell {
        if (exp == ConstNull$.MODULE$) {
            if (names.isParameter(column)) throw new RefusedCell("assessment.cell.nullParameter");
            return new CellTest.IsNull(names.symbol(column).slot());
        }
        Symbol.Kind kind = names.kind(column);
        switch (kind) {
            case TEXT -> {
                if (!(exp instanceof ConstString s)) throw new RefusedCell("assessment.cell.textCode", column);
                Symbol symbol = names.symbol(column);
                return new CellTest.OneOf(symbol.slot(), Bits.of(code(symbol, s.value())));
            }
            case FLAG -> {
                if (!(exp instanceof ConstBool b)) throw new RefusedCell("assessment.cell.flagValue", column);
                if (negated) throw new RefusedCell("assessment.cell.notFlag", b.value(), !b.value());
                if (names.isParameter(column)) return flag(column, b.value());
                return new CellTest.OneOf(names.symbol(column).slot(), Bits.of(b.value() ? 1 : 0));
            }
            case NUMBER, PERCENT, DATE -> {
                if (exp instanceof ConstString || exp instanceof ConstBool)
                    throw ExpressionCompiler.wrongType(column, kind);
                return compared(
                        names.number(column),
                        CellTest.Op.EQUAL,
                        NumericExpression.fold(expressions.typed(exp, column, kind)));
            }
            case LIST -> throw new RefusedCell("assessment.cell.listTest", column);
            case SERIES, PERIOD -> throw ExpressionCompiler.ofMonths(names.symbol(column));
        }
        throw ExpressionCompiler.unreadable();
    }

    private CellTest flag(String parameter, boolean wanted) {
        Object value = names.value(parameter);
        if (value == CellScope.NOTHING) return new CellTest.Always(Truth.FALSE);
        if (value instanceof CellScope.Withheld w)
            return new CellTest.Compare(
                    new NumericExpression.Withheld(w.slot()),
                    CellTest.Op.EQUAL,
                    new NumericExpression.Constant(wanted ? 1 : 0));
        return new CellTest.Always(Truth.of(value.equals(wanted)));
    }

    private CellTest contains(String column, FunctionInvocation call) throws RefusedCell {
        List<Exp> args = ExpressionCompiler.arguments(call);
        if (args.size() != 2) throw new RefusedCell("assessment.cell.listContains");
        return holds(list(column, args.get(0), "list contains"), args.get(1));
    }

    /** {@code some x in ? satisfies x in ("A", "B")}: the list has one of these codes. */
    private CellTest some(String column, SomeItem some) throws RefusedCell {
        var lists = ExpressionCompiler.items(some.iterators());
        if (lists.size() != 1
                || !(some.condition() instanceof In in)
                || !(in.x() instanceof Ref item)
                || !ExpressionCompiler.name(item).equals(lists.get(0)._1()))
            throw new RefusedCell("assessment.cell.someOf");
        Symbol list = list(column, lists.get(0)._2(), "some");
        @Nullable CellTest test = null;
        for (Exp code :
                in.test() instanceof AtLeastOne several ? ExpressionCompiler.items(several.xs()) : List.of(in.test())) {
            CellTest one = holds(list, code instanceof UnaryTestExpression x ? x.exp() : code);
            test = test == null ? one : either(test, one);
        }
        return Objects.requireNonNull(test);
    }

    private Symbol list(String column, Exp exp, String word) throws RefusedCell {
        String name = exp == ConstInputValue$.MODULE$ ? column : exp instanceof Ref r ? ExpressionCompiler.name(r) : "";
        if (name.isEmpty() || names.isParameter(name) || names.symbol(name).kind() != Symbol.Kind.LIST)
            throw new RefusedCell("assessment.cell.listsOnly", word);
        return names.symbol(name);
    }

    private static CellTest holds(Symbol list, Exp code) throws RefusedCell {
        String wanted = code instanceof ConstString s
                ? s.value()
                : code instanceof ConstNumber n ? String.valueOf(ExpressionCompiler.whole(n)) : "";
        return new CellTest.Holds(list.slot(), list.more(), Bits.of(code(list, wanted)));
    }

    private static int code(Symbol symbol, String code) throws RefusedCell {
        int index = symbol.codes().indexOf(code);
        if (index >= 0) return index;
        throw new RefusedCell("assessment.cell.noCode", code, symbol.name(), String.join(", ", symbol.codes()));
    }

    private String readable(String name) throws RefusedCell {
        if (names.isParameter(name)) return name;
        Symbol symbol = names.symbol(name);
        if (symbol.kind() == Symbol.Kind.SERIES || symbol.kind() == Symbol.Kind.PERIOD)
            throw ExpressionCompiler.ofMonths(symbol);
        if (symbol.kind() == Symbol.Kind.TEXT && symbol.codes().isEmpty())
            throw new RefusedCell("assessment.cell.noCodes", name);
        return name;
    }
}

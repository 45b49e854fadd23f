package cn.jincai.assessment;

import cn.jincai.policy.Scheme;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.feel.syntaxtree.Addition;
import org.camunda.feel.syntaxtree.ArithmeticNegation;
import org.camunda.feel.syntaxtree.AtLeastOne;
import org.camunda.feel.syntaxtree.ClosedConstRangeBoundary;
import org.camunda.feel.syntaxtree.Conjunction;
import org.camunda.feel.syntaxtree.ConstBool;
import org.camunda.feel.syntaxtree.ConstDate;
import org.camunda.feel.syntaxtree.ConstInputValue$;
import org.camunda.feel.syntaxtree.ConstList;
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
import org.camunda.feel.syntaxtree.InputEqualTo;
import org.camunda.feel.syntaxtree.InputGreaterOrEqual;
import org.camunda.feel.syntaxtree.InputGreaterThan;
import org.camunda.feel.syntaxtree.InputInRange;
import org.camunda.feel.syntaxtree.InputLessOrEqual;
import org.camunda.feel.syntaxtree.InputLessThan;
import org.camunda.feel.syntaxtree.LessOrEqual;
import org.camunda.feel.syntaxtree.LessThan;
import org.camunda.feel.syntaxtree.Multiplication;
import org.camunda.feel.syntaxtree.Not;
import org.camunda.feel.syntaxtree.PositionalFunctionParameters;
import org.camunda.feel.syntaxtree.Ref;
import org.camunda.feel.syntaxtree.Subtraction;
import org.camunda.feel.syntaxtree.UnaryTestExpression;

/**
 * Cells of decision tables to typed tests. The parser is the stock engine's own, so there is no grammar to prove; of what it reads only a small
 * language is let through, and everything else is refused in words, because the stock engine would silently never fire.
 */
final class Cells {
    static final String LANGUAGE =
            "< <= > >=, [a..b], \"text\", numbers, true/false, date(\"YYYY-MM-DD\"), lists with commas, not(), null, and/or, FACT = value, list contains(?, ...), + - *, min, max, facts, parameters";

    private final Names names;

    Cells(Names names) {
        this.names = names;
    }

    /** @param column a fact, a derived value or a parameter */
    Test test(String column, String cell) throws Refused {
        readable(column);
        return positive(column, Parsed.unaryTests(CellText.plain(cell)).orElseThrow(Cells::unreadable), false);
    }

    /** An output that computes a number or a day. */
    Num number(String expression) throws Refused {
        return Num.fold(typed(expression(expression), null, null));
    }

    /** An output that names a value: a number, day, flag, text, list of texts, or something to compute. */
    Object value(String expression) throws Refused {
        Exp exp = expression(expression);
        if (exp instanceof ConstString s) return s.value();
        if (exp instanceof ConstBool b) return b.value();
        if (exp instanceof ConstDate d) return d.value();
        if (exp instanceof ConstList list) {
            List<Object> items = new ArrayList<>();
            for (Exp item : items(list.items())) {
                if (!(item instanceof ConstString s)) throw new Refused("清单里只能写文字", "a list holds texts only");
                items.add(s.value());
            }
            return items;
        }
        if (exp instanceof Ref r && !names.isParameter(name(r))) return names.symbol(name(r));
        Num number = Num.fold(typed(exp, null, null));
        return exp instanceof Ref r && names.kind(name(r)) == Symbol.Kind.DATE && number instanceof Num.Constant day
                ? LocalDate.ofEpochDay(day.value())
                : number;
    }

    private static Exp expression(String text) throws Refused {
        return Parsed.expression(CellText.plain(text)).orElseThrow(Cells::unreadable);
    }

    /** @param negated inside {@code not(...)}, where {@code true} would never fire in the stock engine */
    private Test positive(String column, Exp exp, boolean negated) throws Refused {
        if (exp instanceof AtLeastOne some) {
            Test test = null;
            for (Exp one : items(some.xs())) {
                // the stock engine takes it for a test that holds, whatever the flag is
                if (isTrue(one))
                    throw new Refused(
                            "true 不能与其他写法并列，请另写一行", "true can't stand in a list; write a row of its own for it");
                test = test == null ? positive(column, one, negated) : either(test, positive(column, one, negated));
            }
            return test;
        }
        if (exp instanceof Not not) {
            if (negated) throw new Refused("not() 不能套 not()", "no not() inside not()");
            return new Test.Not(positive(column, not.x(), true));
        }
        if (exp instanceof InputLessThan x) return compare(ConstInputValue$.MODULE$, Test.Op.BELOW, x.x(), column);
        if (exp instanceof InputLessOrEqual x) return compare(ConstInputValue$.MODULE$, Test.Op.UP_TO, x.x(), column);
        if (exp instanceof InputGreaterThan x) return compare(ConstInputValue$.MODULE$, Test.Op.ABOVE, x.x(), column);
        if (exp instanceof InputGreaterOrEqual x) return compare(ConstInputValue$.MODULE$, Test.Op.FROM, x.x(), column);
        if (exp instanceof InputInRange x) return range(column, x.range());
        if (exp instanceof InputEqualTo x) return equal(column, x.x(), negated);
        if (exp instanceof UnaryTestExpression x)
            return isStatement(x.exp()) ? sentence(column, x.exp()) : equal(column, x.exp(), negated);
        throw unreadable();
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
                || exp instanceof FunctionInvocation f
                        && (f.function().equals("list contains") || f.function().equals("not"));
    }

    /**
     * A whole sentence about {@code ?}. Under a flag the stock engine would compare its truth with the flag, and a sentence that does not look at its
     * column says nothing about it; both are refused.
     */
    private Test sentence(String column, Exp exp) throws Refused {
        if (names.kind(column) == Symbol.Kind.FLAG)
            throw new Refused(
                    "“" + column + "”列里只能写 true、false、null",
                    "a column of '" + column + "' holds true, false or null only");
        Test test = statement(column, exp);
        if (names.isParameter(column) || (test.reads() >>> names.symbol(column).slot() & 1) == 0)
            throw new Refused("单元格没有用到本列的值，请用 ? 表示", "the cell does not look at its column; ? stands for it");
        return test;
    }

    /** Codes of one fact become one look. */
    private static Test either(Test a, Test b) {
        if (a instanceof Test.OneOf x && b instanceof Test.OneOf y && x.slot() == y.slot())
            return new Test.OneOf(x.slot(), x.codes() | y.codes());
        if (a instanceof Test.Holds x && b instanceof Test.Holds y && x.slot() == y.slot())
            return new Test.Holds(x.slot(), x.codes() | y.codes());
        return new Test.Either(a, b);
    }

    private Test statement(String column, Exp exp) throws Refused {
        if (exp instanceof Disjunction x) return either(statement(column, x.x()), statement(column, x.y()));
        if (exp instanceof Conjunction x) return new Test.Both(statement(column, x.x()), statement(column, x.y()));
        if (exp instanceof Not x) return new Test.Not(statement(column, x.x()));
        if (exp instanceof LessThan x) return compare(x.x(), Test.Op.BELOW, x.y(), column);
        if (exp instanceof LessOrEqual x) return compare(x.x(), Test.Op.UP_TO, x.y(), column);
        if (exp instanceof GreaterThan x) return compare(x.x(), Test.Op.ABOVE, x.y(), column);
        if (exp instanceof GreaterOrEqual x) return compare(x.x(), Test.Op.FROM, x.y(), column);
        if (exp instanceof Equal x && x.x() == ConstInputValue$.MODULE$) return equal(column, x.y(), false);
        if (exp instanceof Equal x && x.x() instanceof Ref r) return equal(readable(name(r)), x.y(), false);
        if (exp instanceof FunctionInvocation f && f.function().equals("list contains")) return contains(column, f);
        if (exp instanceof FunctionInvocation f
                && f.function().equals("not")
                && arguments(f).size() == 1)
            return new Test.Not(statement(column, arguments(f).get(0)));
        throw unreadable();
    }

    private Test compare(Exp left, Test.Op op, Exp right, String column) throws Refused {
        Symbol.Kind kind =
                kindOf(left, column).or(() -> quietKind(right, column)).orElse(Symbol.Kind.NUMBER);
        if (kind != Symbol.Kind.NUMBER && kind != Symbol.Kind.DATE)
            throw new Refused(
                    "“" + column + "”是" + kind.told() + "，不能比大小",
                    "'" + column + "' is a " + kind.told() + " and has no order");
        return compared(Num.fold(typed(left, column, kind)), op, Num.fold(typed(right, column, kind)));
    }

    private static Test compared(Num left, Test.Op op, Num right) {
        if (!Num.asks(left) || !Num.asks(right)) return new Test.Always(Truth.FALSE);
        if (left instanceof Num.Constant a && right instanceof Num.Constant b)
            return new Test.Always(new Test.Compare(a, op, b).truth(new Slots(0)));
        return left instanceof Num.Constant
                ? new Test.Compare(right, op.mirrored(), left)
                : new Test.Compare(left, op, right);
    }

    private Test range(String column, ConstRange range) throws Refused {
        Symbol.Kind kind = names.kind(column);
        if (kind != Symbol.Kind.NUMBER && kind != Symbol.Kind.DATE)
            throw new Refused("范围只能用于数字和日期", "a range is for numbers and days");
        Num from = Num.fold(typed(bound(range.start()), column, kind)),
                to = Num.fold(typed(bound(range.end()), column, kind));
        if (from instanceof Num.Constant a && to instanceof Num.Constant b && a.value() > b.value())
            throw new Refused("范围的起点大于终点", "the range begins after its end");
        Num in = names.number(column);
        return new Test.Both(
                compared(in, range.start() instanceof ClosedConstRangeBoundary ? Test.Op.FROM : Test.Op.ABOVE, from),
                compared(in, range.end() instanceof ClosedConstRangeBoundary ? Test.Op.UP_TO : Test.Op.BELOW, to));
    }

    private static Exp bound(ConstRangeBoundary boundary) {
        return boundary instanceof ClosedConstRangeBoundary closed
                ? closed.value()
                : ((org.camunda.feel.syntaxtree.OpenConstRangeBoundary) boundary).value();
    }

    private Test equal(String column, Exp exp, boolean negated) throws Refused {
        if (exp == ConstNull$.MODULE$) {
            if (names.isParameter(column))
                throw new Refused("参数列不能写 null", "null has no meaning in a parameter's column");
            return new Test.IsNull(names.symbol(column).slot());
        }
        Symbol.Kind kind = names.kind(column);
        switch (kind) {
            case TEXT -> {
                if (!(exp instanceof ConstString s))
                    throw new Refused(
                            "“" + column + "”是文字，应写带引号的代码", "'" + column + "' is a text; write a code in quotes");
                Symbol symbol = names.symbol(column);
                return new Test.OneOf(symbol.slot(), 1L << code(symbol, s.value()));
            }
            case FLAG -> {
                if (!(exp instanceof ConstBool b))
                    throw new Refused("“" + column + "”只有 true 和 false", "'" + column + "' is true or false");
                if (negated)
                    throw new Refused(
                            "不要写 not(" + b.value() + ")，请直接写 " + !b.value(),
                            "write " + !b.value() + " instead of not(" + b.value() + ")");
                if (names.isParameter(column)) return flag(column, b.value());
                return new Test.OneOf(names.symbol(column).slot(), 1L << (b.value() ? 1 : 0));
            }
            case NUMBER, DATE -> {
                if (exp instanceof ConstString || exp instanceof ConstBool) throw wrongType(column, kind);
                return compared(names.number(column), Test.Op.EQUAL, Num.fold(typed(exp, column, kind)));
            }
            case LIST ->
                throw new Refused(
                        "“" + column + "”是清单，应写 list contains(?, \"代码\")",
                        "'" + column + "' is a list; write list contains(?, \"CODE\")");
        }
        throw unreadable();
    }

    private Test flag(String parameter, boolean wanted) {
        Object value = names.value(parameter);
        if (value == Names.NOTHING) return new Test.Always(Truth.FALSE);
        if (value instanceof Names.Withheld w)
            return new Test.Compare(new Num.Withheld(w.slot()), Test.Op.EQUAL, new Num.Constant(wanted ? 1 : 0));
        return new Test.Always(Truth.of(value.equals(wanted)));
    }

    private Test contains(String column, FunctionInvocation call) throws Refused {
        List<Exp> args = arguments(call);
        if (args.size() != 2) throw new Refused("应写 list contains(?, \"代码\")", "write list contains(?, \"CODE\")");
        String name = args.get(0) == ConstInputValue$.MODULE$ ? column : args.get(0) instanceof Ref r ? name(r) : "";
        if (name.isEmpty() || names.isParameter(name) || names.symbol(name).kind() != Symbol.Kind.LIST)
            throw new Refused("list contains 只能用于清单", "list contains is for lists");
        Symbol list = names.symbol(name);
        String wanted = args.get(1) instanceof ConstString s
                ? s.value()
                : args.get(1) instanceof ConstNumber n ? String.valueOf(whole(n)) : "";
        return new Test.Holds(list.slot(), 1L << code(list, wanted));
    }

    private static int code(Symbol symbol, String code) throws Refused {
        int index = symbol.codes().indexOf(code);
        if (index >= 0) return index;
        String known = String.join(", ", symbol.codes());
        throw new Refused(
                "“" + code + "”不在“" + symbol.name() + "”的代码表中，可用：" + known,
                "'" + code + "' is no code of '" + symbol.name() + "'; known are " + known);
    }

    /** A number or day; {@code column} null in outputs, where {@code ?} has no meaning, {@code kind} null where either will do. */
    private Num typed(Exp exp, String column, Symbol.Kind kind) throws Refused {
        if (exp instanceof ConstNumber n) {
            if (kind == Symbol.Kind.DATE)
                throw new Refused(
                        "日期列里不能写数字，应写 date(\"YYYY-MM-DD\")", "no bare number for a day; write date(\"YYYY-MM-DD\")");
            return new Num.Constant(whole(n));
        }
        if (exp instanceof ArithmeticNegation n && n.x() instanceof ConstNumber c) {
            if (kind == Symbol.Kind.DATE) throw new Refused("日期列里不能写数字", "no bare number for a day");
            return new Num.Constant(-whole(c));
        }
        if (exp instanceof ConstDate d) {
            if (kind == Symbol.Kind.NUMBER) throw new Refused("数字列里不能写日期", "no day where a number is asked");
            return new Num.Constant(day(d.value()));
        }
        if (exp == ConstNull$.MODULE$)
            throw new Refused("日期不存在，或此处不能写 null", "there is no such day, or null can't stand here");
        if (exp == ConstInputValue$.MODULE$ && column != null) return names.number(column);
        if (exp instanceof Ref r) {
            Symbol.Kind found = names.kind(name(r));
            if (kind != null && found != kind || found != Symbol.Kind.NUMBER && found != Symbol.Kind.DATE)
                throw wrongType(name(r), kind == null ? Symbol.Kind.NUMBER : kind);
            return names.number(name(r));
        }
        if (kind == Symbol.Kind.DATE)
            throw new Refused(
                    "日期不能做加减；推算日期请在 scheme.yaml 的 derived 中声明",
                    "no arithmetic on days; declare the day under derived in scheme.yaml");
        if (exp instanceof Addition x)
            return new Num.Plus(typed(x.x(), column, Symbol.Kind.NUMBER), typed(x.y(), column, Symbol.Kind.NUMBER));
        if (exp instanceof Subtraction x)
            return new Num.Minus(typed(x.x(), column, Symbol.Kind.NUMBER), typed(x.y(), column, Symbol.Kind.NUMBER));
        if (exp instanceof Multiplication x)
            return new Num.Times(typed(x.x(), column, Symbol.Kind.NUMBER), typed(x.y(), column, Symbol.Kind.NUMBER));
        if (exp instanceof FunctionInvocation f
                && (f.function().equals("min") || f.function().equals("max"))) {
            List<Num> of = new ArrayList<>();
            for (Exp arg : arguments(f)) of.add(typed(arg, column, Symbol.Kind.NUMBER));
            if (of.isEmpty()) throw unreadable();
            return f.function().equals("min") ? new Num.Least(of) : new Num.Most(of);
        }
        throw exp instanceof ConstString || exp instanceof ConstBool
                ? wrongType(String.valueOf(column), kind == null ? Symbol.Kind.NUMBER : kind)
                : unreadable();
    }

    private Optional<Symbol.Kind> kindOf(Exp exp, String column) throws Refused {
        if (exp instanceof Ref r) return Optional.of(names.kind(name(r)));
        if (exp == ConstInputValue$.MODULE$) return Optional.of(names.kind(column));
        if (exp instanceof ConstDate) return Optional.of(Symbol.Kind.DATE);
        return Optional.empty();
    }

    private Optional<Symbol.Kind> quietKind(Exp exp, String column) {
        try {
            return kindOf(exp, column);
        } catch (Refused e) {
            return Optional.empty(); // told when the side itself is read
        }
    }

    private static Refused wrongType(String name, Symbol.Kind kind) {
        return new Refused(
                "“" + name + "”处的类型不对，这里应是" + kind.told(),
                "wrong type at '" + name + "'; a " + kind.told() + " is asked here");
    }

    private static Refused unreadable() {
        return new Refused("单元格写法不可用，可用：" + LANGUAGE, "this is outside the language of cells; allowed: " + LANGUAGE);
    }

    private String readable(String name) throws Refused {
        if (names.isParameter(name)) return name;
        Symbol symbol = names.symbol(name);
        if (symbol.kind() == Symbol.Kind.TEXT && symbol.codes().isEmpty())
            throw new Refused(
                    "“" + name + "”没有代码表，不能写进条件", "'" + name + "' has no list of codes, so no condition can read it");
        return name;
    }

    private static long whole(ConstNumber n) throws Refused {
        BigDecimal value = n.value().bigDecimal();
        try {
            long whole = value.longValueExact();
            if (whole <= Scheme.LARGEST) return whole;
        } catch (ArithmeticException e) {
            // told below, together with numbers that are too large
        }
        throw new Refused(
                "“" + value.toPlainString() + "”不是不超过" + Scheme.LARGEST + "的整数",
                "'" + value.toPlainString() + "' is no whole number up to " + Scheme.LARGEST);
    }

    private static long day(LocalDate day) throws Refused {
        if (day.getYear() < 1 || day.getYear() > 9999) throw new Refused("日期超出范围", "a day out of range");
        return day.toEpochDay();
    }

    private static String name(Ref ref) throws Refused {
        List<String> parts = new ArrayList<>();
        for (Object part : items(ref.names())) parts.add((String) part);
        if (parts.size() != 1) throw new Refused("名称里不能有点号", "no dots in names");
        return parts.get(0);
    }

    private static List<Exp> arguments(FunctionInvocation call) throws Refused {
        if (!(call.params() instanceof PositionalFunctionParameters p)) throw unreadable();
        return items(p.params());
    }

    private static <T> List<T> items(camundajar.impl.scala.collection.immutable.List<T> list) {
        List<T> items = new ArrayList<>();
        for (var rest = list; !rest.isEmpty(); rest = (camundajar.impl.scala.collection.immutable.List<T>) rest.tail())
            items.add(rest.head());
        return items;
    }
}

package cn.jincai.policy.gate;

import cn.jincai.policy.DiagramVocabulary;
import cn.jincai.policy.ReadOnlyResolver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.camunda.bpm.impl.juel.SimpleContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.jspecify.annotations.Nullable;

/**
 * Works an expression of a diagram out as the engine would. What only a real case can tell, the answer of a bean, is guessed: each run takes one answer, and {@link #next}
 * goes on to the next until all have been tried.
 */
final class Guesses {
    /** Stands for a variable that is there and holds nothing. */
    static final Object NOTHING = "";

    /** The engine's own, of an execution. */
    private static final Object EXECUTION = new Object();

    private final DiagramVocabulary words;
    private final Expressions expressions;
    private final List<Integer> taken = new ArrayList<>(), of = new ArrayList<>();
    private int at;
    /** What was answered, in words for the way. */
    private final List<String> said = new ArrayList<>();

    Guesses(DiagramVocabulary words, Expressions expressions) {
        this.words = words;
        this.expressions = expressions;
    }

    /** The next run; false where all answers were given. */
    boolean next() {
        while (!taken.isEmpty() && taken.get(taken.size() - 1) + 1 == of.get(of.size() - 1)) {
            taken.remove(taken.size() - 1);
            of.remove(of.size() - 1);
        }
        at = 0;
        said.clear();
        if (taken.isEmpty()) return false;
        taken.set(taken.size() - 1, taken.get(taken.size() - 1) + 1);
        return true;
    }

    List<String> said() {
        return said;
    }

    private int guess(int ways) {
        if (at == taken.size()) {
            taken.add(0);
            of.add(ways);
        }
        return taken.get(at++);
    }

    static boolean isThere(@Nullable Object value) {
        return value != null && value != NOTHING;
    }

    static Object kept(@Nullable Object value) {
        return value == null ? NOTHING : value;
    }

    /** A call with what it is given. The answer is one of those that the bean can give. */
    record Asked(String bean, String method, List<@Nullable Object> given) {
        String name() {
            return bean + "." + method;
        }
    }

    /**
     * @param text  an expression, or words that stand for themselves
     * @param asked is told of each call and its answer
     * @throws ELException where the engine could not work it out: a variable is not there, or of another kind
     */
    @Nullable
    Object value(String text, Function<String, @Nullable Object> variables, BiConsumer<Asked, @Nullable Object> asked) {
        return Expressions.isOne(text)
                ? expressions.of(text).getValue(new SimpleContext(new Reading(variables, asked)))
                : text.strip();
    }

    /** Whether there is something under each name in an expression, whatever it comes to. */
    boolean canBeRead(String text, Function<String, @Nullable Object> variables) {
        for (String name : expressions.names(text)) if (found(name, variables) == null) return false;
        return true;
    }

    private @Nullable Object found(String name, Function<String, @Nullable Object> variables) {
        Object found = variables.apply(name);
        if (found != null) return found;
        if (words.beans().containsKey(name)) return new Bean(name);
        if (name.equals("execution") || name.equals("task")) return EXECUTION;
        return name.equals("loopCounter") || name.startsWith("nrOf") ? 0L : null;
    }

    private record Bean(String name) {}

    private class Reading extends ReadOnlyResolver {
        private final Function<String, @Nullable Object> variables;
        private final BiConsumer<Asked, @Nullable Object> asked;

        Reading(Function<String, @Nullable Object> variables, BiConsumer<Asked, @Nullable Object> asked) {
            this.variables = variables;
            this.asked = asked;
        }

        @Override
        public @Nullable Object getValue(ELContext context, @Nullable Object base, Object property) {
            String name = String.valueOf(property);
            if (base == EXECUTION) {
                context.setPropertyResolved(true);
                return name;
            }
            if (base != null) return null;
            Object found = found(name, variables);
            if (found != null) context.setPropertyResolved(true);
            return found == NOTHING ? null : found;
        }

        @Override
        public @Nullable Object invoke(
                ELContext context, @Nullable Object base, Object method, Class<?>[] types, Object[] given) {
            if (!(base instanceof Bean bean)) return null;
            Asked call = new Asked(bean.name, String.valueOf(method), Arrays.asList(given));
            Class<?> answers = words.answers().get(call.name());
            if (answers == null) throw new ELException("no method " + call.name());
            context.setPropertyResolved(true);
            Object answer = null;
            if (answers == boolean.class) {
                answer = guess(2) == 0;
                said.add(call.name() + " = " + answer);
            } else if (List.class.isAssignableFrom(answers)) {
                answer = guess(2) == 0 ? List.of(1L) : List.of();
                said.add(call.name() + " = " + answer);
            } else if (answers != void.class) answer = call.name();
            asked.accept(call, answer);
            return answer;
        }
    }
}

package cn.jincai.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a diagram may name. {@code process}, which runs it, says so as a bean.
 *
 * @param beans     by name, with the methods that an expression may call and the names of their parameters. A parameter that has the name of a variable takes that very variable
 * @param answers   what each of these methods answers, by {@code bean.method}
 * @param variables that the engine may hold of a case or a run
 * @param own       those of them that say which case, run or payment an execution is about, each with the expressions from which a diagram may take it; else it is handed on as it is
 * @param messages  for which a diagram may wait, by name
 */
public record DiagramVocabulary(
        Map<String, Map<String, List<String>>> beans,
        Map<String, Class<?>> answers,
        Set<String> variables,
        Map<String, Set<String>> own,
        Map<String, Message> messages) {

    /**
     * Something from outside that moves a case or payment on.
     *
     * @param outcome   to which it sets the variable of that name; empty where it leaves it
     * @param byPayment whether it finds its way by the payment instead of the number of the case
     */
    public record Message(String outcome, boolean byPayment) {}
}

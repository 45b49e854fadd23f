package cn.jincai.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a diagram may name. {@code process}, which runs it, says so as a bean.
 *
 * @param beans     by name, with the methods that an expression may call and the names of their parameters. A parameter that has the name of a variable takes that very variable
 * @param variables that the engine may hold of a case or a run
 * @param own       those of them that say which case, run or payment an execution is about, each with the expressions from which a diagram may take it; else it is handed on as it is
 */
public record DiagramVocabulary(
        Map<String, Map<String, List<String>>> beans, Set<String> variables, Map<String, Set<String>> own) {}

package cn.jincai.policy;

import java.util.Map;
import java.util.Set;

/**
 * What a diagram may name. {@code process}, which runs it, says so as a bean.
 *
 * @param beans     by name, with the methods that an expression may call
 * @param variables that the engine may hold of a case or a run
 */
public record DiagramWords(Map<String, Set<String>> beans, Set<String> variables) {}

package cn.jincai.assessment.rules;

/** A percentage that a condition asks for. @param parts in the parts of {@link cn.jincai.policy.Percent} */
public record Percentage(NumericExpression parts) {}

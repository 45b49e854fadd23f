package cn.jincai.process;

/**
 * A task was handed in, or given back to those who may take it: told in the transaction in which it happened, whichever way it was reached.
 *
 * @param task the engine's id
 * @param done handed in; else given back
 */
public record TaskMoved(String task, boolean done) {}

package cn.jincai.review;

import cn.jincai.kernel.Text;

/** Something to tick in a task's form. The name is the package's, or that of a line of the roster; the engine never sees it. */
public record Choice(String value, Text label) {}

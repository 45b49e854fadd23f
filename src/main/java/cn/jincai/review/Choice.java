package cn.jincai.review;

import cn.jincai.kernel.Text;

/** Something to tick in a task's form. The name is the package's and says nothing of the person. */
public record Choice(String value, Text label) {}

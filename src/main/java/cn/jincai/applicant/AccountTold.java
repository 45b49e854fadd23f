package cn.jincai.applicant;

import cn.jincai.kernel.Text;

/** Something that an account's holder is to know, in his inbox and by mail: {@code filing} writes both. It names nobody and holds no secret. */
public record AccountTold(String account, Text what) {}

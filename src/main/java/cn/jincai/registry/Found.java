package cn.jincai.registry;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** What a source's register has under a part of a name or a code. @param entries each with only the keys that were asked, as in an answer about a person */
public record Found(LocalDate asOf, List<Map<String, Object>> entries) {}

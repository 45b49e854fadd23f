package cn.jincai.applicant;

import java.util.List;

/** What stands under these keys is this person's: each room brings its own entries over to the one key (rulebook 2.9). */
public record SamePerson(List<String> formerKeys, String key) {}

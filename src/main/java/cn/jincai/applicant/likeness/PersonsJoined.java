package cn.jincai.applicant.likeness;

import java.util.Set;

/** These documents are one person's from now on, or are so no longer: what is counted for each of them is another sum. */
public record PersonsJoined(Set<String> keys) {}

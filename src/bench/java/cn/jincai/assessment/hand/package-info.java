/**
 * The three schemes of the city as a good programmer would write them in Java: facts in objects that may be null, enums, LocalDate, ifs and a list of
 * reasons. It does the whole, tables, days, sums and instalments, and lives here only to be measured against.
 */
package cn.jincai.assessment.hand;

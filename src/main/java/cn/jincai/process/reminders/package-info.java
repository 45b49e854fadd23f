/** What applicants are reminded of before a limit of theirs ends 到期提醒 (decision 228). */
@NullMarked
package cn.jincai.process.reminders;

import org.jspecify.annotations.NullMarked;

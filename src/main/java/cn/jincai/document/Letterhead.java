package cn.jincai.document;

import cn.jincai.kernel.Text;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whose documents they are.
 *
 * @param authority       the organ whose name stands in red at their head and above their date
 * @param authorityEn     the same on the translation
 * @param reconsideration the body that reconsiders what it decides (行政复议法 24); {@code reconsiderationEn} on the translation
 * @param contact         whom to ask: a telephone, an address
 * @param seal            a PNG of its seal with nothing behind it, as a resource of Spring ({@code file:...}), printed over name and date; where there is none, its place stays free for
 *     the stamp
 */
@ConfigurationProperties("jincai.document")
record Letterhead(
        String authority,
        String authorityEn,
        String reconsideration,
        String reconsiderationEn,
        Text contact,
        String seal) {}

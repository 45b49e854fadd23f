package cn.jincai.web.admin;

import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Place;

/**
 * A mistake in a package as the page shows it: in which file, at which element, row or line, and what is allowed there.
 *
 * @param stops    false for what is odd and only has to be signed
 * @param explains how many of the others go with it
 */
public record Finding(String file, String place, String code, Text message, boolean stops, int explains) {
    static Finding of(Findings.Found found) {
        Mistake mistake = found.mistake();
        Place place = Place.of(mistake);
        return new Finding(
                place.file(), place.in(), mistake.code(), mistake.message(), found.stops(), found.explains());
    }
}

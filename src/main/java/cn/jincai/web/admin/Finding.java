package cn.jincai.web.admin;

import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Place;
import cn.jincai.policy.editing.PackageEdits;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mistake in a package as the page shows it: in which file, at which element, row or line, and what is allowed there.
 *
 * @param stops    false for what is odd and only has to be signed
 * @param explains how many of the others go with it
 */
public record Finding(String file, String place, String code, Text message, boolean stops, int explains) {
    private static final Pattern RULESET = Pattern.compile("rulesets/([^/]+)/(examples|parameters|sources)\\.yaml"),
            ITEM = Pattern.compile("\\[(\\d{1,4})]");

    static Finding of(Findings.Found found) {
        Mistake mistake = found.mistake();
        Place place = Place.of(mistake);
        return new Finding(
                place.file(), place.in(), mistake.code(), mistake.message(), found.stops(), found.explains());
    }

    /** The sentence behind the file and the place of which it speaks. */
    Text atItsPlace() {
        String at = (file + " " + place).strip();
        return at.isEmpty() ? message : new Text(at + " · " + message.zh(), at + " · " + message.en());
    }

    /** Where it is corrected, below the address of the version; null where no page changes that file. */
    public @Nullable String page() {
        Matcher ruleset = RULESET.matcher(file);
        if (ruleset.matches() && ruleset.group(2).equals("examples")) {
            Matcher at = ITEM.matcher(place);
            return "cases" + (at.find() ? "/" + ruleset.group(1) + "/" + at.group(1) : "");
        }
        if (ruleset.matches()) return ruleset.group(2).equals("parameters") ? "values" : "sources";
        return PackageEdits.isEditable(file) ? "text?path=" + file : null;
    }
}

package cn.jincai.policy.editing;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Publication.Upload;
import cn.jincai.policy.Ruleset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The files of a version on their way to be another one. Nothing of it is kept before all of it is. */
final class Draft {
    final PolicyPackage from;
    final SortedMap<String, byte[]> files;
    private final Publication publication;

    Draft(Packages packages, Publication publication, String hash) {
        this.publication = publication;
        from = packages.byHash(hash);
        files = publication.files(from.scheme(), hash);
    }

    Ruleset ruleset(String name) {
        return from.rulesets().stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    /** @throws Problem CONFLICT where the file is written so that only a text editor can change it */
    void change(String path, Function<YamlText, Optional<String>> change) {
        String text = change.apply(text(path)).orElseThrow(() -> Problem.conflict("policy.edit.BY_TEXT_EDITOR", path));
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    YamlText text(String path) {
        byte[] content = files.get(path);
        if (content == null) throw Problem.notFound();
        return new YamlText(content);
    }

    /** An entry with a value in flow style, or without one. Only what differs is written. */
    void put(String path, List<String> way, String key, @Nullable String value, String before) {
        boolean there = text(path).at(way).map(map -> map.get(key)).isPresent();
        if (value != null) change(path, text -> text.with(way, key, value, before));
        else if (there) change(path, text -> text.without(way, key));
    }

    Upload keep(Actor by) {
        return publication.edit(files, from.hash(), by);
    }
}

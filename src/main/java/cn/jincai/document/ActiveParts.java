package cn.jincai.document;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.jspecify.annotations.Nullable;

/**
 * What of a PDF does something instead of being read: scripts, programs that it starts, other files that it opens or holds, forms that send themselves. A paper
 * needs none of it. Everything that hangs on the catalogue is looked at, once.
 */
final class ActiveParts {
    private static final Set<String> ACTIONS = Set.of(
            "JavaScript", "Launch", "SubmitForm", "ImportData", "GoToR", "GoToE", "Rendition", "RichMediaExecute");
    private static final Set<String> KEYS = Set.of("JS", "EmbeddedFiles", "EF", "XFA", "RichMediaContent");
    /** How a text is built up, for reading aloud: long, and without actions. */
    private static final COSName STRUCTURE = COSName.STRUCT_TREE_ROOT;

    private ActiveParts() {}

    static boolean areIn(COSDocument pdf) {
        Set<COSBase> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<COSBase> open = new ArrayDeque<>();
        open.push(pdf.getTrailer());
        while (!open.isEmpty()) {
            COSBase one = open.pop();
            if (!seen.add(one)) continue;
            if (one instanceof COSObject elsewhere) push(elsewhere.getObject(), open);
            else if (one instanceof COSArray list) list.forEach(part -> push(part, open));
            else if (one instanceof COSDictionary entries) {
                if (isActive(entries)) return true;
                entries.forEach((key, part) -> {
                    if (!key.equals(STRUCTURE)) push(part, open);
                });
            }
        }
        return false;
    }

    private static void push(@Nullable COSBase part, Deque<COSBase> open) {
        if (part instanceof COSObject || part instanceof COSArray || part instanceof COSDictionary) open.push(part);
    }

    private static boolean isActive(COSDictionary entries) {
        COSBase action = entries.getDictionaryObject(COSName.S);
        return action instanceof COSName name && ACTIONS.contains(name.getName())
                || entries.keySet().stream().anyMatch(key -> KEYS.contains(key.getName()));
    }
}

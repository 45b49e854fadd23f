// TrueType fonts, as far as the build has to open them: unpacked from WOFF, read for their characters, put together from slices.
import {inflateSync} from 'node:zlib';

/** Tables of a TrueType font by their names. */
function tablesOf(ttf) {
    return Object.fromEntries(Array.from({length: ttf.readUInt16BE(4)}, (_, i) => 12 + 16 * i).map(at =>
        [ttf.toString('latin1', at, at + 4), ttf.subarray(ttf.readUInt32BE(at + 8), ttf.readUInt32BE(at + 8) + ttf.readUInt32BE(at + 12))]));
}

/** A font of these tables; the sums that only Windows' old loaders looked at are left at nought. */
function fontOf(tables) {
    const names = Object.keys(tables).sort();
    const power = 2 ** Math.floor(Math.log2(names.length));
    const head = Buffer.alloc(12 + 16 * names.length);
    head.writeUInt32BE(0x00010000, 0);
    head.writeUInt16BE(names.length, 4);
    head.writeUInt16BE(power * 16, 6);
    head.writeUInt16BE(Math.log2(power), 8);
    head.writeUInt16BE((names.length - power) * 16, 10);
    const parts = [head];
    let at = head.length;
    names.forEach((name, i) => {
        const entry = 12 + 16 * i;
        head.write(name, entry, 'latin1');
        head.writeUInt32BE(at, entry + 8);
        head.writeUInt32BE(tables[name].length, entry + 12);
        const padded = Buffer.alloc(Math.ceil(tables[name].length / 4) * 4);
        tables[name].copy(padded);
        parts.push(padded);
        at += padded.length;
    });
    return Buffer.concat(parts);
}

/** A WOFF file is a TrueType font with each table packed by zlib. */
export function trueType(woff) {
    if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('the font is no WOFF file');
    return fontOf(Object.fromEntries(Array.from({length: woff.readUInt16BE(12)}, (_, i) => 44 + 20 * i).map(entry => {
        const [offset, packed, length] = [4, 8, 12].map(o => woff.readUInt32BE(entry + o));
        const raw = woff.subarray(offset, offset + packed);
        return [woff.toString('latin1', entry, entry + 4), packed < length ? inflateSync(raw) : raw];
    })));
}

/** Pairs of code point and glyph of a font, by its table of segments that reaches beyond the first 65,536, else by the one that does not. */
function glyphsOf(ttf) {
    const cmap = tablesOf(ttf).cmap;
    const maps = Array.from({length: cmap.readUInt16BE(2)}, (_, i) => cmap.readUInt32BE(8 + 8 * i));
    const wide = maps.find(m => cmap.readUInt16BE(m) === 12);
    if (wide !== undefined) return Array.from({length: cmap.readUInt32BE(wide + 12)}, (_, i) => wide + 16 + 12 * i).flatMap(g => {
        const [first, last, glyph] = [0, 4, 8].map(o => cmap.readUInt32BE(g + o));
        return Array.from({length: last - first + 1}, (_, i) => [first + i, glyph + i]);
    });
    const map = maps.find(m => cmap.readUInt16BE(m) === 4);
    const count = cmap.readUInt16BE(map + 6) / 2;
    return Array.from({length: count}, (_, i) => i).flatMap(i => {
        const [last, first, delta, range] = [14, 16 + 2 * count, 16 + 4 * count, 16 + 6 * count].map(o => map + o + 2 * i).map(at => [at, cmap.readUInt16BE(at)]);
        return Array.from({length: last[1] - first[1] + 1}, (_, n) => first[1] + n).filter(c => c !== 0xffff).map(c => {
            const at = range[0] + range[1] + 2 * (c - first[1]);
            const glyph = range[1] === 0 ? c : cmap.readUInt16BE(at);
            return [c, glyph === 0 ? 0 : (glyph + delta[1]) & 0xffff];
        });
    }).filter(([, glyph]) => glyph > 0);
}

/** Code points that a font has. */
export const charactersOf = ttf => glyphsOf(ttf).map(([character]) => character);

/** One font of the slices of another, which share its measures and have each some of its glyphs. */
export function merged(slices) {
    const glyphs = [], widths = [], characters = new Map();
    let points = 0, contours = 0, components = 0;
    for (const slice of slices) {
        const t = tablesOf(slice);
        const base = glyphs.length, count = t.maxp.readUInt16BE(4), measured = t.hhea.readUInt16BE(34), long = t.head.readInt16BE(50) === 1;
        const place = i => long ? t.loca.readUInt32BE(4 * i) : 2 * t.loca.readUInt16BE(2 * i);
        for (let i = 0; i < count; i++) {
            glyphs.push(moved(t.glyf.subarray(place(i), place(i + 1)), base));
            const width = Buffer.alloc(4);
            t.hmtx.copy(width, 0, 4 * Math.min(i, measured - 1), 4 * Math.min(i, measured - 1) + 2);
            width.writeInt16BE(i < measured ? t.hmtx.readInt16BE(4 * i + 2) : t.hmtx.readInt16BE(4 * measured + 2 * (i - measured)), 2);
            widths.push(width);
        }
        glyphsOf(slice).forEach(([character, glyph]) => characters.has(character) || characters.set(character, base + glyph));
        [points, contours, components] = [Math.max(points, t.maxp.readUInt16BE(6)), Math.max(contours, t.maxp.readUInt16BE(8)), Math.max(components, t.maxp.readUInt16BE(28))];
    }
    const first = tablesOf(slices[0]);
    const [head, hhea, maxp, loca] = [Buffer.from(first.head), Buffer.from(first.hhea), Buffer.from(first.maxp), Buffer.alloc(4 * glyphs.length + 4)];
    // the box around all glyphs and the broadest of them are those of all slices: viewers cut off what stands out of the first one's
    const heads = slices.map(slice => tablesOf(slice).head), measures = slices.map(slice => tablesOf(slice).hhea);
    [[36, Math.min], [38, Math.min], [40, Math.max], [42, Math.max]].forEach(([at, most]) => head.writeInt16BE(most(...heads.map(h => h.readInt16BE(at))), at));
    hhea.writeUInt16BE(Math.max(...measures.map(h => h.readUInt16BE(10))), 10);
    [[12, Math.min], [14, Math.min], [16, Math.max]].forEach(([at, most]) => hhea.writeInt16BE(most(...measures.map(h => h.readInt16BE(at))), at));
    head.writeInt16BE(1, 50);
    hhea.writeUInt16BE(glyphs.length, 34);
    maxp.writeUInt16BE(glyphs.length, 4);
    maxp.writeUInt16BE(points, 6);
    maxp.writeUInt16BE(contours, 8);
    maxp.writeUInt16BE(components, 28);
    glyphs.reduce((at, glyph, i) => (loca.writeUInt32BE(at + glyph.length, 4 * i + 4), at + glyph.length), 0);
    const post = Buffer.alloc(32);
    first.post.copy(post, 0, 0, 32);
    post.writeUInt32BE(0x00030000, 0); // glyphs without names
    return fontOf({head, hhea, maxp, loca, post, glyf: Buffer.concat(glyphs), hmtx: Buffer.concat(widths), cmap: cmapOf(characters), name: first.name, 'OS/2': first['OS/2']});
}

/** A glyph behind as many others: one that is put together of others names these by their new places. */
function moved(glyph, base) {
    const copy = Buffer.alloc(Math.ceil(glyph.length / 4) * 4);
    glyph.copy(copy);
    if (glyph.length === 0 || glyph.readInt16BE(0) >= 0) return copy;
    for (let at = 10, more = true; more;) {
        const flags = copy.readUInt16BE(at);
        copy.writeUInt16BE(copy.readUInt16BE(at + 2) + base, at + 2);
        at += 4 + (flags & 1 ? 4 : 2) + (flags & 8 ? 2 : flags & 64 ? 4 : flags & 128 ? 8 : 0);
        more = (flags & 32) !== 0;
    }
    return copy;
}

function cmapOf(characters) {
    const known = [...characters].sort(([a], [b]) => a - b);
    const cmap = Buffer.alloc(12 + 16 + 12 * known.length);
    cmap.writeUInt16BE(1, 2);
    cmap.writeUInt16BE(3, 4);
    cmap.writeUInt16BE(10, 6);
    cmap.writeUInt32BE(12, 8);
    cmap.writeUInt16BE(12, 12);
    cmap.writeUInt32BE(cmap.length - 12, 16);
    cmap.writeUInt32BE(known.length, 24);
    known.forEach(([character, glyph], i) => [character, character, glyph].forEach((n, k) => cmap.writeUInt32BE(n, 28 + 12 * i + 4 * k)));
    return cmap;
}

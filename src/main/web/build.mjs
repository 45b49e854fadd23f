// Makes what the browser loads: bundles with hashed names and their list, and the Chinese font for PDFs.
// Does nothing when nothing changed, so that a build without a network works as long as it has worked once.
import {createHash} from 'node:crypto';
import {execFileSync} from 'node:child_process';
import {cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {brotliCompressSync, constants, gzipSync, inflateSync} from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const classes = resolve(process.argv[2] ?? join(here, '../../../target/classes'));
const assets = join(classes, 'static/assets');
const fonts = join(classes, 'fonts');
const desk = join(classes, 'META-INF/resources/webjars/camunda/app/tasklist/scripts');

const sha = (...parts) => parts.reduce((h, p) => h.update(p).update('\0'), createHash('sha256')).digest('hex');
const read = file => readFileSync(join(here, file));
const filesBelow = dir => readdirSync(join(here, dir), {withFileTypes: true, recursive: true})
    .filter(e => e.isFile()).map(e => join(e.parentPath ?? e.path, e.name)).sort();

const lock = sha(read('package-lock.json'));
const installed = join(here, 'node_modules/.lock-sha');
if (!existsSync(installed) || readFileSync(installed, 'utf8') !== lock) {
    execFileSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci'], {cwd: here, stdio: 'inherit', shell: process.platform === 'win32'});
    writeFileSync(installed, lock);
}

const sources = sha(lock, read('build.mjs'), ...filesBelow('src').flatMap(f => [f, readFileSync(f)]));
const stamp = join(assets, '.stamp');
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources && existsSync(join(fonts, 'LXGWWenKai.ttf'))) process.exit(0);

rmSync(assets, {recursive: true, force: true});
mkdirSync(assets, {recursive: true});
mkdirSync(fonts, {recursive: true});
cpSync(join(here, 'src/session-ends.js'), join(desk, 'session-ends.js'));

const {build} = await import('esbuild');
const sass = await import('sass');
const {default: subsetFont} = await import('subset-font');

// PDFs need TrueType; the package holds the whole font as WOFF, which is TrueType with each table packed by zlib
const wenkai = join(here, 'node_modules/@fontsource/lxgw-wenkai');
const font = trueType(readFileSync(join(wenkai, 'files/lxgw-wenkai-latin-500-normal.woff')));
writeFileSync(join(fonts, 'LXGWWenKai.ttf'), font);
cpSync(join(wenkai, 'LICENSE'), join(fonts, 'LXGWWenKai.LICENSE.txt'));

// the extensions of Chinese, which the fonts of most machines lack: cut into slices, of which a browser loads those with the characters of the page
const EXTENSIONS = [[0x3400, 0x4dbf], [0x20000, 0x2a6df], [0x2a700, 0x2ebef], [0x2f800, 0x2fa1f], [0x30000, 0x323af]];
const SLICE = 120;
const slices = EXTENSIONS.flatMap(([first, last]) => {
    const known = charactersOf(font).filter(c => c >= first && c <= last);
    const parts = [];
    for (let i = 0; i < known.length; i += SLICE) parts.push({from: known[i], to: (known[i + SLICE] ?? last + 1) - 1, characters: known.slice(i, i + SLICE)});
    return parts;
});
const text = characters => String.fromCodePoint(...characters);
const rare = await subsetFont(font, text(slices.flatMap(s => s.characters)), {targetFormat: 'truetype'});

/** Faces for the slices, as if they lay beside the styles: `rare-characters.css` and `rare-0.woff2` ... */
const rareCharacters = {
    name: 'rare characters',
    setup(b) {
        const css = slices.map((s, i) => `@font-face{font-family:"Jincai Rare";src:url("rare-${i}.woff2") format("woff2");font-display:swap;unicode-range:U+${s.from.toString(16)}-${s.to.toString(16)}}`);
        b.onResolve({filter: /^rare-(characters\.css|\d+\.woff2)$/}, args => ({path: args.path, namespace: 'rare'}));
        b.onLoad({filter: /\.css$/, namespace: 'rare'}, () => ({contents: css.join('\n'), loader: 'css'}));
        b.onLoad({filter: /\.woff2$/, namespace: 'rare'}, async args =>
            ({contents: await subsetFont(rare, text(slices[args.path.match(/\d+/)[0]].characters), {targetFormat: 'woff2'}), loader: 'file'}));
    }
};

/** Sass for esbuild; a url(...) in it is resolved by esbuild, so that fonts and pictures get hashed names as well. */
const scss = {
    name: 'scss',
    setup(b) {
        b.onLoad({filter: /\.scss$/}, args => ({
            contents: sass.compile(args.path, {loadPaths: [join(here, 'node_modules')], quietDeps: true, style: 'compressed'}).css,
            loader: 'css', resolveDir: dirname(args.path)}));
    }
};
const result = await build({
    absWorkingDir: here,
    entryPoints: ['src/portal.js', 'src/portal.scss', 'src/diagram.js', 'src/diagram.css', 'src/pictures/icon.svg'],
    bundle: true, minify: true, format: 'esm', target: 'es2022', outdir: assets,
    entryNames: '[name]-[hash]', assetNames: '[name]-[hash]', publicPath: '/assets', metafile: true, legalComments: 'linked', logLevel: 'warning',
    loader: {'.svg': 'copy', '.woff2': 'file', '.woff': 'file', '.ttf': 'file', '.eot': 'file'}, plugins: [scss, rareCharacters]
});

const manifest = {};
for (const [output, made] of Object.entries(result.metafile.outputs))
    if (made.entryPoint) manifest[basename(made.entryPoint).replace(/\.scss$/, '.css')] = '/assets/' + basename(output);
writeFileSync(join(assets, 'manifest.json'), JSON.stringify(manifest, null, 2));

// at their smallest beside them, which costs too much to be done for each answer; fonts are compressed already
for (const file of readdirSync(assets).filter(name => /\.(css|js|svg)$/.test(name))) {
    const plain = readFileSync(join(assets, file));
    writeFileSync(join(assets, file + '.br'), brotliCompressSync(plain, {params: {[constants.BROTLI_PARAM_SIZE_HINT]: plain.length}}));
    writeFileSync(join(assets, file + '.gz'), gzipSync(plain, {level: constants.Z_BEST_COMPRESSION}));
}

writeFileSync(stamp, sources);

/** Code points of a TrueType font, by its table of segments that reaches beyond the first 65,536. */
function charactersOf(ttf) {
    const tables = Array.from({length: ttf.readUInt16BE(4)}, (_, i) => 12 + 16 * i);
    const cmap = ttf.readUInt32BE(tables.find(t => ttf.toString('latin1', t, t + 4) === 'cmap') + 8);
    const maps = Array.from({length: ttf.readUInt16BE(cmap + 2)}, (_, i) => cmap + ttf.readUInt32BE(cmap + 8 + 8 * i));
    const map = maps.find(m => ttf.readUInt16BE(m) === 12);
    const groups = Array.from({length: ttf.readUInt32BE(map + 12)}, (_, i) => map + 16 + 12 * i);
    return groups.flatMap(g => {
        const first = ttf.readUInt32BE(g);
        return Array.from({length: ttf.readUInt32BE(g + 4) - first + 1}, (_, i) => first + i);
    });
}

function trueType(woff) {
    if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('the font is no WOFF file');
    const count = woff.readUInt16BE(12);
    const power = 2 ** Math.floor(Math.log2(count));
    const head = Buffer.alloc(12 + 16 * count);
    woff.copy(head, 0, 4, 8);
    head.writeUInt16BE(count, 4);
    head.writeUInt16BE(power * 16, 6);
    head.writeUInt16BE(Math.log2(power), 8);
    head.writeUInt16BE((count - power) * 16, 10);
    const tables = [];
    let at = head.length;
    for (let i = 0; i < count; i++) {
        const entry = 44 + 20 * i;
        const [offset, packed, length] = [4, 8, 12].map(o => woff.readUInt32BE(entry + o));
        const raw = woff.subarray(offset, offset + packed);
        const table = packed < length ? inflateSync(raw) : raw;
        woff.copy(head, 12 + 16 * i, entry, entry + 4);
        woff.copy(head, 16 + 16 * i, entry + 16, entry + 20);
        head.writeUInt32BE(at, 20 + 16 * i);
        head.writeUInt32BE(length, 24 + 16 * i);
        const padded = Buffer.alloc(Math.ceil(length / 4) * 4);
        table.copy(padded);
        tables.push(padded);
        at += padded.length;
    }
    return Buffer.concat([head, ...tables]);
}

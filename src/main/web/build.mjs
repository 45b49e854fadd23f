// Makes what the browser loads: bundles with hashed names and their list, and the Chinese fonts for PDFs.
// Does nothing when nothing changed, so that a build without a network works as long as it has worked once.
import {createHash} from 'node:crypto';
import {execFileSync} from 'node:child_process';
import {cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {brotliCompressSync, constants, gzipSync} from 'node:zlib';
import {charactersOf, merged, trueType} from './true-type.mjs';

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

const sources = sha(lock, read('build.mjs'), read('true-type.mjs'), ...filesBelow('src').flatMap(f => [f, readFileSync(f)]));
const stamp = join(assets, '.stamp');
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources && ['LXGWWenKai.ttf', 'NotoSerifSC-Bold.ttf'].every(f => existsSync(join(fonts, f)))) process.exit(0);

rmSync(assets, {recursive: true, force: true});
mkdirSync(assets, {recursive: true});
mkdirSync(fonts, {recursive: true});
cpSync(join(here, 'src/session-ends.js'), join(desk, 'session-ends.js'));

const {build} = await import('esbuild');
const sass = await import('sass');
const {default: subsetFont} = await import('subset-font');

// PDFs need TrueType; the package holds the whole font as WOFF
const wenkai = join(here, 'node_modules/@fontsource/lxgw-wenkai');
const font = trueType(readFileSync(join(wenkai, 'files/lxgw-wenkai-latin-500-normal.woff')));
writeFileSync(join(fonts, 'LXGWWenKai.ttf'), font);
cpSync(join(wenkai, 'LICENSE'), join(fonts, 'LXGWWenKai.LICENSE.txt'));

// for heads and titles of documents (小标宋): one weight of a variable font, which its package holds in slices; of its characters those of GB 2312
const serif = join(here, 'node_modules/@fontsource-variable/noto-serif-sc');
const titles = [];
for (const file of readdirSync(join(serif, 'files')).filter(name => /-(\d+|latin)-wght-normal\.woff2$/.test(name)).sort()) {
    const slice = readFileSync(join(serif, 'files', file));
    const kept = await subsetFont(slice, gb2312(), {targetFormat: 'truetype', variationAxes: {wght: 700}});
    if (charactersOf(kept).length > 0) titles.push(kept);
}
writeFileSync(join(fonts, 'NotoSerifSC-Bold.ttf'), merged(titles));
cpSync(join(serif, 'LICENSE'), join(fonts, 'NotoSerifSC.LICENSE.txt'));

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

/** The characters of GB 2312, Latin ones and the punctuation of Chinese text. */
function gb2312() {
    const pairs = [];
    for (let row = 0xa1; row <= 0xf7; row++) for (let cell = 0xa1; cell <= 0xfe; cell++) pairs.push(row, cell);
    return Array.from({length: 95}, (_, i) => String.fromCharCode(32 + i)).join('') + new TextDecoder('gb18030').decode(Uint8Array.from(pairs)).replace(/[\ue000-\uf8ff\ufffd]/g, '') + '—';
}

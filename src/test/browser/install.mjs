// A browser for the tests where the machine has none: unpacked once into target/chromium, with the libraries that a bare machine lacks and a Chinese font.
// Does nothing where -Dchromium names one or /usr/bin/chromium exists.
import {createHash} from 'node:crypto';
import {execFileSync} from 'node:child_process';
import {chmodSync, createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {pipeline} from 'node:stream/promises';
import {createBrotliDecompress} from 'node:zlib';

const [out, named] = [resolve(process.argv[2]), process.argv[3]];
const always = process.argv.includes('--always');
if (!always && ((named && !named.startsWith('${')) || existsSync('/usr/bin/chromium'))) process.exit(0);

const here = dirname(fileURLToPath(import.meta.url));
const lock = createHash('sha256').update(readFileSync(join(here, 'package-lock.json'))).digest('hex');
const installed = join(here, 'node_modules/.lock-sha');
if (!existsSync(installed) || readFileSync(installed, 'utf8') !== lock) {
    execFileSync('npm', ['ci'], {cwd: here, stdio: 'inherit'});
    writeFileSync(installed, lock);
}
const folder = join(out, 'chromium');
const stamp = join(folder, '.lock-sha');
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) process.exit(0);

mkdirSync(folder, {recursive: true});
const packed = join(here, 'node_modules/@sparticuz/chromium/bin');
const {default: tar} = await import(pathToFileURL(join(here, 'node_modules/tar-fs/index.js')));
for (const archive of ['al2023.tar.br', 'swiftshader.tar.br'])
    await pipeline(createReadStream(join(packed, archive)), createBrotliDecompress(), tar.extract(join(folder, archive.split('.')[0])));
await pipeline(createReadStream(join(packed, 'chromium.br')), createBrotliDecompress(), createWriteStream(join(folder, 'chromium.part')));
chmodSync(join(folder, 'chromium.part'), 0o755);
renameSync(join(folder, 'chromium.part'), join(folder, 'chromium'));
writeFileSync(join(folder, 'fonts.conf'), `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${join(out, 'classes/fonts')}</dir><cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>\n`);
writeFileSync(stamp, lock);

// Lints all diagrams of the packages; what it needs is fetched only when the lock file has changed.
import { createHash } from 'node:crypto';
import { execSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..', '..');
const lock = createHash('sha256').update(readFileSync(join(here, 'package-lock.json'))).digest('hex');
const mark = join(here, 'node_modules', '.lock-sha');
if (!existsSync(mark) || readFileSync(mark, 'utf8') !== lock) {
  execSync('npm ci', { cwd: here, stdio: 'inherit' });
  writeFileSync(mark, lock);
}

const diagrams = readdirSync(join(root, 'bpmn'), { recursive: true }).filter(f => f.endsWith('.bpmn')).sort().map(f => join(root, 'bpmn', f));
if (diagrams.length === 0) throw new Error('no diagrams found below bpmn/');
const bpmnlint = join(here, 'node_modules', 'bpmnlint', 'bin', 'bpmnlint.js');
const { status } = spawnSync(process.execPath, [bpmnlint, '--config', join(root, '.bpmnlintrc'), '--max-warnings', '0', ...diagrams], { cwd: here, stdio: 'inherit' });
process.exit(status ?? 1);

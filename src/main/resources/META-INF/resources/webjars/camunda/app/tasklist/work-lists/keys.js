// Keys of the desk: the next task, take it, agree, the file, search, and a help of them. A single letter counts only where nothing is typed, and none signs anything:
// whoever thinks he is in a field would decide a case.
import { viewerIn } from '../scripts/desk.js';

let say = zh => zh;

const KEYS = [
  ['j', ['下一个任务', 'the next task'], () => step(1)],
  ['k', ['上一个任务', 'the task before'], () => step(-1)],
  ['c', ['领取当前任务', 'claim this task'], () => press('button.claim, .claim')],
  ['u', ['退回当前任务', 'give this task back'], () => press('.unclaim')],
  ['a', ['选择“同意”一类的办理结果', 'choose the outcome that agrees'], agree],
  ['o', ['填写意见', 'write the opinion'], () => focus('.fjs-container textarea')],
  ['s', ['转到提交按钮，再按回车键提交', 'go to the button that hands in; Enter then does it'], () => focus('.form-actions button.btn-primary, .task-details button.btn-primary')],
  ['f', ['案卷', 'the case file'], () => tab(['案卷', 'Case file'])],
  ['e', ['表单', 'the form'], () => tab(['表单', 'Form'])],
  ['l', ['转到清单', 'go to the lists'], () => focus('.work-lists a')],
  ['t', ['转到任务列表', 'go to the tasks'], () => focus('.tasks-list li.task.active h4.task a, .tasks-list li.task h4.task a')],
  ['/', ['查找办件', 'find a case'], () => location.assign('/officers/cases')],
  ['Ctrl Alt C', ['在输入框中也可用：领取当前任务', 'also in a field: claim this task'], () => {}],
  ['Ctrl Alt F', ['在输入框中也可用：转到表单', 'also in a field: go to the form'], () => {}],
  ['?', ['显示或关闭快捷键说明', 'show or close this help'], () => help()]
];

export function keysOf(words) {
  say = words;
  addEventListener('click', event => {   // Tasklist's own help knows its four keys alone
    if (!event.target.closest?.('.showShortcutHelp')) return;
    event.preventDefault();
    event.stopPropagation();
    help();
  }, true);
  addEventListener('keydown', event => {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (isHelpOpen()) {   // it hides what a key would act on
      if (event.key !== 'Escape' && event.key !== '?') return;
      event.preventDefault();
      help();
      return;
    }
    if (document.querySelector('.modal.in, dialog[open]')) return;
    if (event.target.closest?.('input, textarea, select, [contenteditable=true], .modal')) {
      if (event.key === 'Escape') event.target.blur();   // back to where keys count
      return;
    }
    const key = KEYS.find(([letter]) => letter === event.key);
    if (!key) return;
    event.preventDefault();
    key[2]();
  });
}

const isShown = part => part.checkVisibility?.() ?? part.offsetParent !== null;

function first(selector) {
  return [...document.querySelectorAll(selector)].find(part => isShown(part) && !part.disabled);
}

function press(selector) {
  first(selector)?.click();
}

function focus(selector) {
  first(selector)?.focus();
}

/** The task after the one that is open; where none is open, the first. */
function step(by) {
  const all = [...document.querySelectorAll('.tasks-list li.task h4.task a')];
  const at = all.findIndex(link => link.closest('li').classList.contains('active'));
  const next = at < 0 ? all[0] : all[at + by];
  next?.click();
  next?.focus();
  next?.closest('li').scrollIntoView({ block: 'nearest' });
}

/** What goes against somebody is chosen by whoever means it, never by a key. */
const AGREES = ['approve', 'accept', 'confirm', 'sign', 'submit', 'continue'];

function agree() {
  const form = first('.fjs-container');
  const outcome = form && viewerIn(form.parentElement)?.get('formFieldRegistry').getAll().find(field => field.key === 'outcome');
  const at = (outcome?.values ?? []).findIndex(({ value }) => AGREES.includes(value));
  if (at < 0) return;
  const choice = first(`.fjs-container input[type=radio][id$="-${outcome.id}-${at}"]`);
  choice?.click();
  choice?.focus();
}

function tab(names) {
  [...document.querySelectorAll('.nav-tabs a')].find(link => names.includes(link.textContent.trim()))?.click();
}

const isHelpOpen = () => document.querySelector('.work-keys')?.open ?? false;

function help() {
  const open = document.querySelector('.work-keys');
  if (open) { open.close(); open.remove(); return; }
  const place = document.createElement('dialog'), title = document.createElement('h2'), list = document.createElement('dl'), close = document.createElement('button');
  place.className = 'work-keys';
  place.setAttribute('aria-labelledby', 'work-keys-title');
  title.id = 'work-keys-title';
  title.textContent = say('快捷键', 'Keys');
  for (const [letter, [zh, en]] of KEYS) {
    const row = document.createElement('div'), key = document.createElement('dt'), does = document.createElement('dd'), shown = document.createElement('kbd');
    shown.textContent = letter;
    key.append(shown);
    does.textContent = say(zh, en);
    row.append(key, does);
    list.append(row);
  }
  const note = document.createElement('p');
  note.textContent = say('在输入框中按 Esc 后，字母键即可使用。', 'Press Esc in a field, and the letters count again.');
  close.type = 'button';
  close.className = 'btn btn-default';
  close.textContent = say('关闭', 'Close');
  close.addEventListener('click', help);
  place.addEventListener('cancel', event => { event.preventDefault(); help(); });
  place.append(title, list, note, close);
  document.body.append(place);
  place.showModal();
}

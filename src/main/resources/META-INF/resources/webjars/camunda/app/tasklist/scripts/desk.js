// The desk keeps what an officer has typed, through every tab of a task, a reload and a change of machine, and leads to the city's one sign-in when a session has ended.
// The server keeps it, sealed, for him alone, and gives it back with what the form starts with. What it has not confirmed yet lies in this window's own storage, by account
// and task, until somebody signs out or another signs in; nothing of it is in an address. Tasklist has forms to go on with later, but in a place that all who use the
// machine share: it is given them from here.
import { warnBeforeTheEnd } from './session-ends.js';

const KEPT = 'jincai-desk';
const ENGINES_OWN = 'camunda-form:';

const windows = new BroadcastChannel('jincai');
let account = null;
let leaving = false;

for (const key of Object.keys(localStorage)) if (key.startsWith(ENGINES_OWN)) localStorage.removeItem(key);   // left by earlier versions

/** This page once more, from the server: it asks for a sign-in where that is needed, and leads back here. The part after # goes along. */
export function signInAgain() {
  if (leaving) return;
  leaving = true;
  if (location.hash.startsWith('#/login')) history.replaceState(null, '', '#/');
  location.reload();
}

function forget() {
  sessionStorage.removeItem(KEPT);
}

function forms() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
  return kept?.account === account ? kept.forms : {};
}

function keep(task, fields) {
  const kept = forms();
  delete kept[task];
  if (Object.keys(fields).length > 0) kept[task] = fields;
  sessionStorage.setItem(KEPT, JSON.stringify({ account, forms: kept }));
}

windows.onmessage = ({ data }) => {
  if (data.signedOut || data.account && data.account !== account) forget();
  if (data.account !== account && account) signInAgain();
};

/**
 * A press counts on the button on which it began. Where a field is left for it, the form is laid out anew under the pointer: a line on what was wrong goes, the
 * button moves, or may be pressed only now; the browser would make nothing of such a press.
 */
let pressed = null;
addEventListener('pointerdown', ({ target, isPrimary, button }) => {
  const on = isPrimary && button === 0 && target.closest('button, a, label');
  pressed = on && { on, place: on.getBoundingClientRect() };
}, true);
addEventListener('click', ({ target }) => { if (pressed?.on.contains(target)) pressed = null; }, true);
addEventListener('pointerup', ({ clientX: x, clientY: y }) => {
  const press = pressed;
  if (!press) return;
  const { left, right, top, bottom } = press.place;
  if (x < left || x > right || y < top || y > bottom) pressed = null;   // drawn away from it: thought better of
  setTimeout(() => {
    if (pressed !== press) return;   // clicked by itself meanwhile
    pressed = null;
    press.on.click();
  });
}, true);

const ask = window.fetch;
window.fetch = async (...what) => {
  const answer = await ask(...what);
  if (answer.status === 401) signInAgain();
  return answer;
};

const chinese = !navigator.language || navigator.language.toLowerCase().startsWith('zh');
const IN_USE = 'In-Use';

/** Tasklist asks for its lists by itself, which keeps no session alive: a call says so where somebody has done something since the last that did. Reading and scrolling count as well. */
let acted = true;
let usedNow = () => {};
for (const by of ['pointerdown', 'keydown', 'wheel', 'touchmove']) addEventListener(by, ({ isTrusted }) => { acted ||= isTrusted; }, { capture: true, passive: true });

function isByAPerson() {
  if (!acted) return false;
  acted = false;
  usedNow();
  return true;
}

const send = XMLHttpRequest.prototype.send;
XMLHttpRequest.prototype.send = function (...what) {
  if (isByAPerson()) this.setRequestHeader(IN_USE, 'true');
  return send.apply(this, what);
};

async function goOn() {
  const answer = await fetch('/session', { headers: { 'HX-Request': 'true' } });
  if (answer.status === 204) usedNow();
  return Number(answer.headers.get('Session-Seconds'));
}

setInterval(() => { if (isByAPerson()) goOn(); }, 60_000);
goOn().then(seconds => { if (seconds > 0) usedNow = warnBeforeTheEnd(endOfTheSession(), seconds, signInAgain); });

function endOfTheSession() {
  const place = document.createElement('div');
  place.className = 'desk-session-ends';
  place.setAttribute('role', 'alertdialog');
  place.setAttribute('aria-labelledby', 'session-ends-title');
  place.hidden = true;
  const title = document.createElement('h2'), words = document.createElement('p'), stay = document.createElement('button');
  title.id = 'session-ends-title';
  title.tabIndex = -1;
  title.textContent = chinese ? '5分钟后将自动退出' : 'You will be signed out in 5 minutes';
  words.textContent = chinese ? '已有一段时间没有操作。已输入的内容已暂存，重新登录后仍在。' : 'Nothing has been done for a while. What you have entered is kept, and is there after you sign in again.';
  stay.type = 'button';
  stay.className = 'btn btn-primary';
  stay.textContent = chinese ? '继续使用' : 'Stay signed in';
  for (const part of [title, words, stay]) part.dataset.soon = '';
  place.append(title, words, stay);
  document.body.append(place);
  return place;
}

angular.module('cam.tasklist')
  .config(['$provide', $provide => {
    $provide.decorator('camAPIHttpClient', ['$delegate', '$injector', (Client, $injector) => {
      const { get, post } = Client.prototype;
      const then = (call, after) => ({ ...call, done: (refused, ...answer) => { after(refused); call.done?.(refused, ...answer); } });
      Client.prototype.get = function (path, call) {
        return get.call(this, path, then(call, refused => { if (refused?.status === 404) isDone(/^\/?task\/([\w-]+)$/.exec(path)?.[1]); }));
      };
      Client.prototype.post = function (path, call) {
        const [, task, done] = /^\/?task\/([\w-]+)\/(claim|unclaim|submit-form)$/.exec(path) ?? [];
        if (done === 'submit-form') sendNow(task);   // before it, so that nothing is kept after it
        if (/^\/?filter\/[\w-]+\/list(\?|$)/.test(path)) return post.call(this, path, { ...call, done: (refused, list) => { if (!refused) listed = list?._embedded?.task ?? []; call.done?.(refused, list); } });
        const next = done === 'submit-form' && nextAfter(task);
        const send = () => post.call(this, path, then(call, refused => {
          if (refused || !done) return;
          const told = $injector.get('Notifications');
          told.clearAll();   // what was refused before has been mended
          if (done !== 'submit-form') return;
          isDone(task);
          told.addMessage({ type: 'success', status: $injector.get('$translate').instant('COMPLETE_OK'), duration: 10000 });
          if (next) open(next, task, $injector);
        }));
        return done === 'submit-form' ? sending.then(send) : send();
      };
      return Client;
    }]);
    $provide.decorator('camTasklistFormCamundaDirective', ['$delegate', directives => {
      const link = directives[0].link;
      directives[0].compile = () => (scope, place, attributes, form) => {
        const task = form.getParams().taskId;
        withKept(task, () => quietly(scope, () => link(scope, place, attributes, form)));
        let touched = false;
        for (const by of ['input', 'change', 'click']) place[0].addEventListener(by, () => { touched = true; }, true);
        place[0].addEventListener('focusout', () => sendNow(task));   // to sign out, or to another window
        const drawn = new MutationObserver(() => {
          const viewer = viewerIn(place[0]);
          if (!viewer) return;
          drawn.disconnect();
          follow(task, viewer, () => touched, told);
        });
        const told = document.createElement('p');
        told.className = 'desk-kept';
        told.setAttribute('role', 'status');
        place[0].after(told);
        drawn.observe(place[0], { childList: true, subtree: true });
        scope.$on('$destroy', () => { drawn.disconnect(); told.remove(); sendAll(); });
      };
      return directives;
    }]);
  }])
  .run(['$rootScope', root => {
    root.$on('authentication.changed', (event, who) => {
      if (!who) return;
      account = who.name;
      keep(null, {});   // of this officer alone from here on
      windows.postMessage({ account });
    });
    root.$on('authentication.login.required', event => { event.preventDefault(); signInAgain(); });
    root.$on('authentication.logout.success', event => {
      event.preventDefault();
      leaving = true;
      forget();
      windows.postMessage({ signedOut: true });
      location.assign('/sign-in');
    });
    root.$on('$routeChangeStart', (event, next) => {
      if (next?.$$route?.originalPath !== '/login') return;
      event.preventDefault();
      signInAgain();
    });
  }]);

/** As the list beside the form has them, in its order. */
let listed = [];

/** The one after it that nobody else holds, or else the nearest before it; nothing where the list has no other. */
function nextAfter(task) {
  const at = listed.findIndex(one => one.id === task);
  const rest = [...listed.slice(at + 1), ...listed.slice(0, Math.max(at, 0)).reverse()];
  return rest.find(one => one.id !== task && (!one.assignee || one.assignee === account))?.id;
}

/** Tasklist itself goes on with a task of the same case where the officer holds one, and else shows none: then it is the next of the list. */
function open(next, done, $injector) {
  const [$location, $timeout] = ['$location', '$timeout'].map($injector.get);
  const look = left => $timeout(() => {
    const task = $location.search().task;
    if (!task) $location.search({ ...$location.search(), task: next, detailsTab: null });
    else if (task === done && left > 0) look(left - 1);
  }, 100);
  look(50);
}

/** Tasklist asks once, at the start of a form, for what was typed before. */
function withKept(task, start) {
  const stored = Storage.prototype.getItem;
  const fields = JSON.stringify(forms()[task] ?? {});
  Storage.prototype.getItem = function (key) { return key === ENGINES_OWN + task ? fields : stored.call(this, key); };
  try {
    start();
  } finally {
    Storage.prototype.getItem = stored;
  }
}

/** Tasklist would write the form where all may read it, once the session has ended: it does not come to know. */
function quietly(scope, start) {
  scope.$on = (event, then) => event === 'authentication.login.required' ? () => {} : Object.getPrototypeOf(scope).$on.call(scope, event, then);
  try {
    start();
  } finally {
    delete scope.$on;
  }
}

/** The viewer of forms is drawn by Preact, whose tree knows it. */
export function viewerIn(place) {
  const root = [...place.querySelectorAll('div')].find(part => part.__k);
  const look = node => node?.props?.value?.getService ? node.props.value.getService('form') : (node?.__k ?? []).map(look).find(Boolean);
  return root && look(root.__k);
}

/** What differs from what the form began with, once the officer has touched it: while it is drawn it changes by itself, which belongs to its beginning. The rest follows the case. */
function follow(task, viewer, isTouched, told) {
  const before = forms()[task] ?? {};
  let start = { ...viewer._getState().data };
  const open = viewer.get('formFieldRegistry').getAll().filter(field => !field.disabled && !field.readonly)
    .map(field => (field.key ?? field.path ?? '').split('.')[0]).filter(Boolean);
  const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
  const changed = new Set(Object.keys(before));   // and what was put back as it was: the server may have another
  if (changed.size > 0) sendLater(task, told);
  viewer.on('changed', ({ data }) => {
    if (!isTouched()) start = { ...start, ...data };
    else {
      for (const key of open) if (!same(data[key], start[key])) changed.add(key);
      keep(task, Object.fromEntries(open.filter(key => changed.has(key)).map(key => [key, data[key] ?? null])));
      if (changed.size > 0) sendLater(task, told);
    }
  });
}

/** To the server a while after the last change, one after the other, and at once when the form or the page is left. */
const waiting = new Map();
let sending = Promise.resolve();

function sendLater(task, told) {
  clearTimeout(waiting.get(task)?.timer);
  waiting.set(task, { told, timer: setTimeout(() => sendNow(task), 800) });
}

function sendNow(task) {
  const { told, timer } = waiting.get(task) ?? {};
  if (!told) return;
  clearTimeout(timer);
  waiting.delete(task);
  sending = sending.then(() => keepOnServer(task, told));
}

function sendAll() {
  for (const task of [...waiting.keys()]) sendNow(task);
}

async function keepOnServer(task, told) {
  const fields = forms()[task];
  if (!fields) return;
  const body = JSON.stringify(fields);
  const token = /(?:^|; )XSRF-TOKEN=([^;]+)/.exec(document.cookie)?.[1] ?? '';
  const headers = { 'Content-Type': 'application/json', 'X-XSRF-TOKEN': decodeURIComponent(token), ...(isByAPerson() ? { [IN_USE]: 'true' } : {}) };
  const answer = await fetch(`/camunda/api/engine/engine/default/task/${task}/draft`, { method: 'PUT', headers, body, keepalive: body.length < 20_000 }).catch(() => null);
  if (answer?.status === 204) {
    if (JSON.stringify(forms()[task]) === body) keep(task, {});
    told.textContent = chinese ? '已暂存，换一台电脑也能接着填。' : 'Kept. You can go on from any computer.';
  } else told.textContent = chinese ? '尚未暂存到服务器，目前只在本窗口中。' : 'Not kept on the server yet: it is in this window only.';
}

function isDone(task) {
  clearTimeout(waiting.get(task)?.timer);
  waiting.delete(task);
  keep(task, {});
}

addEventListener('pagehide', sendAll);

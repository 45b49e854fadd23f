// The desk keeps what an officer has typed, through every tab of a task and a reload, and leads to the city's one sign-in when a session has ended.
// Tasklist has forms to go on with later, but in a place that all who use the machine share: it is given them from here, those of this officer alone.
// They lie in this window's own storage until the task is done, somebody signs out, or another signs in; nothing of them is in an address.
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

angular.module('cam.tasklist')
  .config(['$provide', $provide => {
    $provide.decorator('camAPIHttpClient', ['$delegate', '$injector', (Client, $injector) => {
      const { get, post } = Client.prototype;
      const then = (call, after) => ({ ...call, done: (refused, ...answer) => { after(refused); call.done?.(refused, ...answer); } });
      Client.prototype.get = function (path, call) {
        return get.call(this, path, then(call, refused => { if (refused?.status === 404) keep(/^\/?task\/([\w-]+)$/.exec(path)?.[1], {}); }));
      };
      Client.prototype.post = function (path, call) {
        const [, task, done] = /^\/?task\/([\w-]+)\/(claim|unclaim|submit-form)$/.exec(path) ?? [];
        return post.call(this, path, then(call, refused => {
          if (refused || !done) return;
          const told = $injector.get('Notifications');
          told.clearAll();   // what was refused before has been mended
          if (done !== 'submit-form') return;
          keep(task, {});
          told.addMessage({ type: 'success', status: $injector.get('$translate').instant('COMPLETE_OK'), duration: 10000 });
        }));
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
        const drawn = new MutationObserver(() => {
          const viewer = viewerIn(place[0]);
          if (!viewer) return;
          drawn.disconnect();
          follow(task, viewer, () => touched);
        });
        drawn.observe(place[0], { childList: true, subtree: true });
        scope.$on('$destroy', () => drawn.disconnect());
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
function viewerIn(place) {
  const root = [...place.querySelectorAll('div')].find(part => part.__k);
  const look = node => node?.props?.value?.getService ? node.props.value.getService('form') : (node?.__k ?? []).map(look).find(Boolean);
  return root && look(root.__k);
}

/** Keeps what differs from what the form began with, once the officer has touched it: while it is drawn it changes by itself, which belongs to its beginning. The rest follows the case. */
function follow(task, viewer, isTouched) {
  const before = forms()[task] ?? {};
  let start = { ...viewer._getState().data };
  const open = viewer.get('formFieldRegistry').getAll().filter(field => !field.disabled && !field.readonly)
    .map(field => (field.key ?? field.path ?? '').split('.')[0]).filter(Boolean);
  const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
  viewer.on('changed', ({ data }) => {
    if (!isTouched()) start = { ...start, ...data };
    else keep(task, Object.fromEntries(open.filter(key => key in before || !same(data[key], start[key])).map(key => [key, data[key] ?? null])));
  });
}

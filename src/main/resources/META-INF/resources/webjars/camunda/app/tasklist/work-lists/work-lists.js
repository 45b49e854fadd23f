// An officer's lists with how much is in each, and cards of two lines. What they say comes from the server's own table of tasks; the engine's answers hold no word of it.
import { keysOf } from './keys.js';

const chinese = !navigator.language || navigator.language.toLowerCase().startsWith('zh');
const LISTS = '/camunda/api/work-lists';
const LIGHTS = { overdue: '■', today: '▲', soon: '◆', 'in-time': '●', none: '–' };

const style = document.createElement('link');
style.rel = 'stylesheet';
style.href = new URL('work-lists.css', import.meta.url).href;
document.head.append(style);

const say = text => text ? (chinese ? text.zh : text.en) : '';
const words = (zh, en) => chinese ? zh : en;

function part(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text != null) made.textContent = text;
  return made;
}

/** Cards are drawn one by one, and asked for together. */
let wanted = new Map();

function card(place, id) {
  place.classList.add('work-card-place');
  if (wanted.size === 0) queueMicrotask(askForCards);
  wanted.set(id, [...wanted.get(id) ?? [], place]);
}

async function askForCards() {
  const places = wanted;
  wanted = new Map();
  countSoon();
  const query = [...places.keys()].map(id => `id=${encodeURIComponent(id)}`).join('&');
  const answer = await fetch(`${LISTS}/cards?${query}`).catch(() => null);
  if (!answer?.ok) return;
  for (const told of await answer.json()) for (const place of places.get(told.id) ?? []) draw(place, told);
}

function draw(place, told) {
  const made = part('div', `work-card is-${told.light}`);
  const first = part('div', 'work-card-line'), second = part('div', 'work-card-line');
  first.append(part('span', 'work-card-scheme', say(told.scheme) || told.run || ''));
  if (told.person) first.append(part('span', 'work-card-person', told.person));
  if (told.amountFen > 0) first.append(part('span', 'work-card-amount', yuan(told.amountFen)));
  second.append(part('span', 'work-card-todo', [say(told.todo), say(told.detail)].filter(Boolean).join(' · ')));
  if (told.reminded) second.append(part('span', 'work-card-returned', words('期限过三分之二', 'Two thirds of the time gone')));
  if (told.returned) second.append(part('span', 'work-card-returned', words('退回', 'Returned')));
  if (told.mine) second.append(part('span', 'work-card-mine', words('已领取', 'Mine')));
  if (told.assignee) second.append(part('span', 'work-card-holder', told.assignee));
  second.append(part('span', 'work-card-number', told.case ?? told.run ?? ''));
  second.append(light(told));
  made.append(first, second);
  place.replaceChildren(made);
  const link = place.closest('li.task')?.querySelector('h4.task a');
  if (link && told.id === told.case) opensTheFile(place.closest('li.task'), link, told.case);
}

/** By its form and in words; the colour only helps. */
function light(told) {
  const made = part('span', 'work-card-light'), sign = part('span', 'work-card-sign', LIGHTS[told.light]);
  sign.setAttribute('aria-hidden', 'true');
  made.append(sign, ` ${left(told)}`);
  if (told.lastDay) made.title = words(`期限 ${told.lastDay}`, `Last day ${told.lastDay}`);
  return made;
}

function left({ light, daysLeft }) {
  if (light === 'none') return words('无期限', 'no limit');
  if (light === 'overdue') return daysLeft < 0 ? words(`超期 ${-daysLeft} 天`, `${-daysLeft} d overdue`) : words('办件已超期', 'case overdue');
  if (light === 'today') return words('今日到期', 'due today');
  return words(`还有 ${daysLeft} 天`, `${daysLeft} d left`);
}

function yuan(fen) {
  return (fen / 100).toLocaleString(chinese ? 'zh-CN' : 'en', { style: 'currency', currency: 'CNY', currencyDisplay: 'narrowSymbol', maximumFractionDigits: fen % 100 === 0 ? 0 : 2 });
}

/** What waits for others is no task of the reader's: its card leads to the case. */
function opensTheFile(item, link, number) {
  link.href = `/officers/cases/${number}`;
  item.addEventListener('click', event => {
    event.preventDefault();
    event.stopPropagation();
    location.assign(`/officers/cases/${number}`);
  }, true);
}

/** How much is in each list, some time after the last change. */
let timer = null;

function countSoon(wait = 150) {
  clearTimeout(timer);
  timer = setTimeout(countNow, wait);
}

async function countNow() {
  const column = document.querySelector('.task-filters .content');
  if (!column) { countSoon(300); return; }   // not drawn yet
  const answer = await fetch(LISTS).catch(() => null);
  if (!answer?.ok) { countSoon(answer?.status === 401 ? 60_000 : 2_000); return; }
  const lists = await answer.json();
  let place = column.querySelector('.work-lists');
  if (!place) {
    place = part('nav', 'work-lists');
    place.setAttribute('aria-label', words('任务清单', 'Work lists'));
    column.prepend(place);
  }
  const focused = document.activeElement?.dataset?.list;
  place.replaceChildren(...groups(lists));
  if (focused) place.querySelector(`[data-list="${CSS.escape(focused)}"]`)?.focus();
}

function groups(lists) {
  const of = (title, kinds) => {
    const inIt = lists.filter(list => kinds.includes(list.kind));
    if (inIt.length === 0) return [];
    const all = part('ul');
    all.append(...inIt.map(item));
    return title ? [part('h2', '', title), all] : [all];
  };
  return [
    ...of(null, ['all', 'mine', 'to-take', 'due-today', 'overdue', 'reminded', 'returned']),
    ...of(words('按政策', 'By scheme'), ['scheme']),
    ...of(words('按金额', 'By sum'), ['amount']),
    ...of(words('其他人', 'Others'), ['colleagues', 'waiting']),
    elsewhere()
  ];
}

function shownList() {
  return new URLSearchParams(location.hash.split('?')[1] ?? '').get('filter') ?? 'all';
}

function item(list) {
  const made = part('li'), link = part('a');
  link.href = `#/?filter=${encodeURIComponent(list.code)}`;
  link.dataset.list = list.code;
  link.className = list.count > 0 ? `is-${list.kind}` : 'is-empty';
  if (list.code === shownList()) link.setAttribute('aria-current', 'page');
  link.append(part('span', 'work-list-name', say(list.name)), part('span', 'work-list-count', list.more ? '500+' : String(list.count)));
  made.append(link);
  return made;
}

function elsewhere() {
  const all = part('ul', 'work-lists-elsewhere');
  for (const [href, text] of [
    ['/officers/cases', words('查找办件', 'Find a case')],
    ['/officers/tasks', words('超期与在办', 'Overdue and in hand')],
    ['/', words('门户首页', 'Portal')]
  ]) {
    const made = part('li'), link = part('a', '', text);
    link.href = href;
    made.append(link);
    all.append(made);
  }
  return all;
}

addEventListener('hashchange', () => {
  for (const link of document.querySelectorAll('.work-lists a[data-list]'))
    if (link.dataset.list === shownList()) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
});
addEventListener('focus', () => countSoon());
setInterval(countSoon, 60_000);   // what colleagues do
// and whenever Tasklist has read a list: the last card of one draws nothing any more
new PerformanceObserver(seen => { if (seen.getEntries().some(one => /\/filter\/[\w-]+\/list/.test(one.name))) countSoon(); }).observe({ type: 'resource' });
countSoon();

keysOf(words);

export default [
  {
    id: 'work-card', pluginPoint: 'tasklist.card', priority: 2000,
    render: (place, { taskId }) => card(place, taskId), unmount: () => {}
  },
  {
    id: 'work-lists', pluginPoint: 'tasklist.list', priority: 2000,
    render: () => countSoon(), unmount: () => {}
  }
];

// The case's papers beside the form of each task, and as a tab for those who want them alone. They are a page of the portal with checks of its own; nothing of them passes
// through the engine.
import '../scripts/desk.js';
import { readAlone } from './side-by-side.js';

const chinese = !navigator.language || navigator.language.toLowerCase().startsWith('zh');

document.title = chinese ? '待办 · 晋才' : 'Tasklist · jincai';
document.documentElement.lang = chinese ? 'zh-CN' : 'en';

// Tasklist shows the key of a word that it wants before its file of words has come, and keeps it.
const labels = await fetch(new URL(`../locales/${chinese ? 'zh-CN' : 'en'}.json`, import.meta.url)).then(file => file.json()).then(file => file.labels).catch(() => ({}));
const translated = chinese ? inChinese() : inEnglish();
sayEverywhere();

export default {
  id: 'case-file-tab',
  pluginPoint: 'tasklist.task.detail',
  priority: 1000,
  properties: { label: chinese ? '案卷' : 'Case file' },
  render: () => readAlone(true),
  unmount: () => readAlone(false)
};

// The viewer of forms speaks English only. Its own words are few: each is replaced where it appears.
function inChinese() {
  const words = new Map([
    ['Select', '请选择'], ['Add new', '添加'], ['Search', '查找'], ['Nothing to show', '没有内容'], ['No results', '没有结果'],
    ['Field is required.', '此项必填。'], ['Field must be a valid email.', '应为电子邮箱地址。'], ['zoom in', '放大'], ['zoom out', '缩小'], ['reset zoom', '原始大小']
  ]);
  const patterns = [
    [/^Field must have minimum value of (.+)\.$/, '不得小于 $1。'],
    [/^Field must have maximum value of (.+)\.$/, '不得大于 $1。'],
    [/^Field must have minimum length of (.+)\.$/, '至少 $1 个字。'],
    [/^Field must have maximum length of (.+)\.$/, '最多 $1 个字。'],
    [/^Field must match pattern .+\.$/, '写法不对。'],
    [/^Field must be a valid  ?international phone number\..*$/, '应为国际格式的电话号码，如 +8659512345678。']
  ];
  return (text, at) => {
    if (!at.closest('.fjs-container, .navigation')) return text;
    const plain = text.trim();
    if (words.has(plain)) return text.replace(plain, words.get(plain));
    const found = patterns.find(([pattern]) => pattern.test(plain));
    return found ? plain.replace(found[0], found[1]) : text;
  };
}

// Lists, groups and what stands on a card have one name each, in Chinese.
function inEnglish() {
  const names = new Map([
    ['全部待办', 'All to do'], ['已超期', 'Overdue'], ['受理窗口', 'Intake'], ['初审', 'Reviewer'], ['复核', 'Senior reviewer'], ['分管领导', 'Leader'],
    ['评审专家', 'Expert'], ['监督', 'Supervisor'], ['财务经办', 'Finance'], ['财务审核', 'Finance approver'], ['办件编号', 'Case'], ['批次', 'Run'], ['拨付编号', 'Payment'], ['异议编号', 'Objection']
  ]);
  return (text, at) => {
    const plain = text.trim().replace(/:$/, '');
    return names.has(plain) && at.closest('.task-filter, .groups, .variable-label') ? text.replace(plain, names.get(plain)) : text;
  };
}

function sayEverywhere() {
  const word = (text, at) => /^[A-Z_]+$/.test(text.trim()) && labels[text.trim()] || translated(text, at);
  const sayText = node => {
    const said = node.parentElement ? word(node.data, node.parentElement) : node.data;
    if (said !== node.data) node.data = said;
  };
  const say = node => {
    if (node.nodeType === Node.TEXT_NODE) { sayText(node); return; }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) sayText(text);
    for (const named of [node, ...node.querySelectorAll('[title], [placeholder]')]) {
      for (const attribute of ['title', 'placeholder']) {
        const value = named.getAttribute(attribute);
        if (value && word(value, named) !== value) named.setAttribute(attribute, word(value, named));
      }
    }
  };
  new MutationObserver(changes => changes.forEach(change => {
    if (change.type === 'characterData') say(change.target);
    else change.addedNodes.forEach(say);
  })).observe(document.body, { childList: true, subtree: true, characterData: true });
}

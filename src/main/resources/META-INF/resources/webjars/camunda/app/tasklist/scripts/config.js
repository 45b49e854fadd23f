// Tasklist as the city's officers use it: Chinese first, English by the browser's language, and the case's papers beside each task.
const chinese = !navigator.language || navigator.language.toLowerCase().startsWith('zh');

export default {
  app: chinese ? { name: '待办', vendor: '晋才' } : { name: 'Tasklist', vendor: 'Jincai' },
  // the language itself falls back: words and dates of two files at once would be mixed by whichever comes last
  locales: { availableLocales: ['zh-CN', 'en'], fallbackLocale: chinese ? 'zh-CN' : 'en' },
  dateFormat: { normal: 'LLL', long: 'LLLL' },
  customScripts: ['case-file/case-file', 'scripts/bulk-link', 'work-lists/work-lists'],
  csrfCookieName: 'XSRF-TOKEN',
  disableWelcomeMessage: true,
  shortcuts: {
    claimTask: { key: 'ctrl+alt+c', description: '领取当前任务 / claim the selected task' },
    focusFilter: { key: 'ctrl+shift+f', description: '转到清单 / go to the lists' },
    focusList: { key: 'ctrl+alt+l', description: '转到任务 / go to the tasks' },
    focusForm: { key: 'ctrl+alt+f', description: '转到表单 / go to the form' }
  }
};

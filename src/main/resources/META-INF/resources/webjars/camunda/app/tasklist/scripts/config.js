// Tasklist as the city's officers use it: Chinese first, English by the browser's language, and the case's papers beside each task.
export default {
  app: { name: '待办', vendor: '晋才' },
  locales: { availableLocales: ['zh-CN', 'en'], fallbackLocale: 'zh-CN' },
  dateFormat: { normal: 'LLL', long: 'LLLL' },
  customScripts: ['case-file/case-file'],
  csrfCookieName: 'XSRF-TOKEN',
  disableWelcomeMessage: true,
  shortcuts: {
    claimTask: { key: 'ctrl+alt+c', description: '领取当前任务 / claim the selected task' },
    focusFilter: { key: 'ctrl+shift+f', description: '转到清单 / go to the lists' },
    focusList: { key: 'ctrl+alt+l', description: '转到任务 / go to the tasks' },
    focusForm: { key: 'ctrl+alt+f', description: '转到表单 / go to the form' }
  }
};

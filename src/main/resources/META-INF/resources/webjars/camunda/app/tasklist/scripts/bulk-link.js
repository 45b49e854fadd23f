// In Tasklist's header, before the account: the way to the page on which like tasks are approved together, for those who may use it.
const chinese = !navigator.language || navigator.language.toLowerCase().startsWith('zh');

function link() {
  const place = document.createElement('li');
  place.className = 'bulk-approval';
  const way = document.createElement('a');
  way.href = '/officers/bulk';
  way.textContent = chinese ? '批量办理' : 'Bulk approval';
  place.appendChild(way);
  return place;
}

/** The header is drawn anew by itself, so it is looked at whenever something is drawn. */
function put() {
  const account = document.querySelector('.app-menu li.account');
  if (account && !document.querySelector('li.bulk-approval')) account.before(link());
}

fetch('/officers/bulk/link').then(may => {
  if (may.status !== 204) return;
  new MutationObserver(put).observe(document.body, { childList: true, subtree: true });
  put();
}).catch(() => {});

export default [];

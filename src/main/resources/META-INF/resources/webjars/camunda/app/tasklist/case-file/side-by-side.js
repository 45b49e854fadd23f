// File and form in one view: above them the line that decides, left the case's file, right what is filled in; one below the other where there is no room.
// The file is one frame for as long as its task is open, whichever tab is looked at: nothing that is read there changes what was typed here.
import { signInAgain } from '../scripts/desk.js';

const chinese = !navigator.language || navigator.language.toLowerCase().startsWith('zh');
const FILE = chinese ? '案卷' : 'Case file';

/** Tasklist's place for a task, kept while tasks come and go in it. */
let place = null;
let shown = null;
let alone = false;

function part(kind, name) {
  const made = document.createElement(kind);
  made.className = name;
  return made;
}

function show(task) {
  if (task === shown || !place) return;
  shown = task;
  for (const before of place.querySelectorAll(':scope > .desk-line, :scope > .desk-file')) before.remove();
  place.classList.toggle('desk-task', Boolean(task));
  if (!task) return;
  const line = part('div', 'desk-line'), file = part('div', 'desk-file'), papers = part('iframe', 'case-file');
  line.setAttribute('aria-live', 'polite');
  papers.title = FILE;
  papers.addEventListener('load', () => {
    if (papers.contentWindow.location.pathname === '/sign-in') signInAgain();
    else lift(line, papers.contentDocument);
  });
  papers.src = `/cases/by-task/${encodeURIComponent(task)}/file${chinese ? '' : '?lang=en'}`;   // where the browser is English all of the desk is
  file.append(papers);
  place.prepend(line);
  place.append(file);
}

/** The line is the file's own; in the frame it would stand twice, and move away with what is read. */
function lift(line, page) {
  const gist = page?.getElementById('gist');
  line.replaceChildren();
  if (!gist) return;
  const copy = document.importNode(gist, true);
  copy.id = 'desk-gist';
  line.append(copy);
  gist.hidden = true;
}

/** The tab 案卷 gives the file all the room. */
export function readAlone(on) {
  alone = on;
  place?.classList.toggle('desk-file-alone', alone);
}

angular.module('cam.tasklist').config(['$provide', $provide => {
  $provide.decorator('camTasklistTaskDirective', ['$delegate', directives => {
    const compile = directives[0].compile, link = directives[0].link;
    directives[0].compile = function (...what) {
      const linked = compile ? compile.apply(this, what) : link;
      return function (scope, element, ...rest) {
        const after = typeof linked === 'function' ? linked : linked?.post;
        if (typeof linked === 'object') linked?.pre?.call(this, scope, element, ...rest);
        after?.call(this, scope, element, ...rest);
        place = element[0];
        shown = null;
        scope.$watch('task.id', show);
        scope.$on('$destroy', () => { place = shown = null; });
      };
    };
    return directives;
  }]);
}]);

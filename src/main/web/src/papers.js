// What was handed in, beside the facts that it proves: one paper or two next to each other, larger, smaller, turned. A PDF brings the browser's own tools, with its
// pages as thumbnails. Without scripts each paper opens in a window of its own.
const viewer = document.getElementById('viewer');
const STEP = 1.25, LARGEST = 8, SMALLEST = 0.25;

function pane(link) {
    const made = document.getElementById('viewer-pane').content.firstElementChild.cloneNode(true);
    const title = made.querySelector('h3'), place = made.querySelector('[data-place]');
    title.textContent = link.dataset.name;
    made.dataset.paper = link.dataset.view;
    const isPdf = link.dataset.type === 'application/pdf';
    const shown = document.createElement(isPdf ? 'iframe' : 'img');
    shown.src = link.href + (isPdf ? '#pagemode=thumbs' : '');
    shown[isPdf ? 'title' : 'alt'] = link.dataset.name;
    place.setAttribute('aria-label', link.dataset.name);
    place.append(shown);
    for (const button of made.querySelectorAll('[data-zoom], [data-turn], [data-whole]')) button.hidden = isPdf;
    let zoom = 1, turned = 0;
    made.addEventListener('click', ({target}) => {
        const button = target.closest('button');
        if (!button) return;
        if ('close' in button.dataset) { made.remove(); viewer.hidden = !viewer.querySelector('.jc-pane'); link.focus(); return; }
        if (button.dataset.zoom) zoom = Math.min(LARGEST, Math.max(SMALLEST, button.dataset.zoom === 'in' ? zoom * STEP : zoom / STEP));
        if (button.dataset.turn) turned += Number(button.dataset.turn);
        if ('whole' in button.dataset) { zoom = 1; turned = 0; }
        shown.style.width = `${zoom * 100}%`;
        shown.style.transform = `rotate(${turned}deg)`;
        made.querySelector('[data-said]').textContent = `${Math.round(zoom * 100)} % · ${((turned % 360) + 360) % 360}°`;
    });
    return made;
}

if (viewer) {
    document.addEventListener('click', event => {
        const link = event.target.closest('a[data-view]');
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        const panes = viewer.querySelector('[data-panes]');
        let shown = panes.querySelector(`.jc-pane[data-paper="${CSS.escape(link.dataset.view)}"]`);
        if (!shown) {
            if (panes.children.length > 1) panes.lastElementChild.remove();   // the first one stays to be compared with
            panes.append(shown = pane(link));
        }
        viewer.hidden = false;
        shown.querySelector('h3').focus();
    });
}

// on paper nothing is folded
let folded = [];
addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll('main details:not([open])')].filter(one => !one.querySelector('form'));
    for (const one of folded) one.open = true;
});
addEventListener('afterprint', () => { for (const one of folded) one.open = false; });

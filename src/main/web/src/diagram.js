// Draws a diagram with the number of cases at each step. The page gives the address of both in data attributes; of a diagram that was only
// uploaded it gives the text itself (data-source names the element that holds it) and the elements where something is wrong (data-marks). Of a proposal
// it gives the diagram in force too (data-before): what is new and what is different is marked, and told in a list below.
import Viewer from 'bpmn-js/lib/NavigatedViewer';
import {diff} from 'bpmn-js-differ';

for (const place of document.querySelectorAll('[data-diagram]')) draw(place);

async function draw(place) {
    const viewer = new Viewer({container: place});
    try {
        const [xml, counts] = await Promise.all([
            place.dataset.source ? document.getElementById(place.dataset.source).value : load(place.dataset.diagram).then(r => r.text()),
            place.dataset.counts ? load(place.dataset.counts).then(r => r.json()) : {}]);
        await viewer.importXML(xml);
        viewer.get('canvas').zoom('fit-viewport', 'auto');
        const known = viewer.get('elementRegistry');
        if (place.dataset.before) compare(place, viewer, await definitions(place.dataset.before));
        for (const [step, count] of Object.entries(counts)) {
            if (!known.get(step)) continue;
            const badge = document.createElement('span');
            badge.className = 'jc-badge';
            badge.textContent = typeof count === 'number' ? count : told(place, count);
            if (count.late > 0) badge.classList.add('jc-badge--late');
            viewer.get('overlays').add(step, {position: {top: -12, right: 14}, html: badge});
        }
        for (const element of (place.dataset.marks ?? '').split(' ').filter(id => known.get(id))) viewer.get('canvas').addMarker(element, 'jc-wrong');
        for (const button of document.querySelectorAll('[data-zoom]'))
            button.addEventListener('click', () => button.dataset.zoom === 'fit' ? viewer.get('canvas').zoom('fit-viewport', 'auto') : viewer.get('zoomScroll').stepZoom(Number(button.dataset.zoom)));
    } catch (broken) {
        place.textContent = place.dataset.failed ?? broken.message;
    }
}

// How much is open and overdue at a step, and how long it takes: in words, so that nobody has to know which figure is which.
function told(place, {open, late, median}) {
    return [`${place.dataset.open} ${open > 500 ? '500+' : open}`, late > 0 ? `${place.dataset.late} ${late > 500 ? '500+' : late}` : '', median === null ? '' : `${place.dataset.median} ${median}`].filter(Boolean).join(' · ');
}

async function definitions(address) {
    const reader = new Viewer();
    await reader.importXML(await load(address).then(r => r.text()));
    return reader.getDefinitions();
}

function compare(place, viewer, before) {
    const {_added, _changed, _removed} = diff(before, viewer.getDefinitions());
    const list = place.nextElementSibling;
    const tell = (elements, how, marker) => {
        for (const [id, element] of Object.entries(elements)) {
            const one = element.model ?? element;
            if (marker && viewer.get('elementRegistry').get(id)) viewer.get('canvas').addMarker(id, marker);
            const item = document.createElement('li');
            item.textContent = `${how} · ${one.name || id}`;
            list.append(item);
        }
    };
    tell(_added, place.dataset.added, 'jc-added');
    tell(_changed, place.dataset.changed, 'jc-changed');
    tell(_removed, place.dataset.removed);
}

async function load(address) {
    const answer = await fetch(address, {credentials: 'same-origin'});
    if (!answer.ok) throw new Error(answer.status + ' ' + address);
    return answer;
}

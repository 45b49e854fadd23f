// Papers travel as soon as they are chosen, one after the other and in parts. A phone that loses the network goes on where it was, also after the page was opened anew. Without
// JavaScript the same form is simply sent.
import htmx from 'htmx.org';

const PART = 512 * 1024, LONGEST_WAIT = 15000;

export function tell(place, words) {
    place.textContent = words;
    place.hidden = false;
    place.focus();
}

document.addEventListener('change', event => {
    const field = event.target.closest('input[type=file]');
    const main = field?.dataset.for ? document.getElementById(field.dataset.for) : field;
    const form = main?.closest('form[data-upload]');
    if (form && field.files.length) upload(form, [...field.files], field);
});
document.addEventListener('submit', event => {
    const form = event.target.closest('form[data-upload]');
    const field = form?.querySelector('input[name=file]');
    if (!field?.files.length) return;
    event.preventDefault();
    upload(form, [...field.files], field);
});

class Refused extends Error {}
class Ended extends Error {}

async function upload(form, files, field) {
    if (form.dataset.busy) return;
    const words = form.dataset, told = form.querySelector('[data-told]'), bar = form.querySelector('progress'), said = form.querySelector('[data-progress-told]');
    const named = (file, what) => files.length > 1 ? file.name + ': ' + what : what;
    const wrong = files.find(file => file.size === 0 || file.size > Number(words.largest));
    if (wrong) {
        field.value = '';
        return tell(told, named(wrong, wrong.size === 0 ? words.empty : words.tooLarge));
    }
    form.dataset.busy = 'true';
    told.hidden = true;
    bar.hidden = false;
    bar.max = files.reduce((all, file) => all + file.size, 0);
    said.textContent = words.sending;
    let sent = 0;
    const refused = [];
    try {
        for (const file of files) {
            try {
                await send(form, file, field.dataset.replaces, received => { bar.value = sent + received; }, waits => { said.textContent = waits ? words.waiting : words.sending; });
            } catch (trouble) {
                if (!(trouble instanceof Refused)) throw trouble;
                refused.push(named(file, trouble.message));
            }
            sent += file.size;
        }
    } catch {
        said.textContent = '';
        bar.hidden = true;
        delete form.dataset.busy;
        return tell(told, words.ended);
    }
    await show(form, refused, files.length > refused.length);
}

/** One file to its end. @throws Refused with the words for the page, Ended with the session */
async function send(form, file, replaces, progress, waits) {
    for (;;) {
        const {key, received} = await ask(form, form.dataset.parts, {need: form.elements.need.value, name: file.name, size: file.size, mark: file.lastModified}, waits);
        let at = received;
        for (let whole = false; !whole;) {
            let part;
            try {
                part = new Blob([await file.slice(at, at + PART).arrayBuffer()]);   // the device gives it no more: no network would help
            } catch {
                throw new Refused(form.dataset.broken);
            }
            const answer = await ask(form, form.dataset.parts + '/' + key, {first: at, part, ...(replaces ? {replaces} : {})}, waits);
            if (answer === GONE) break;   // begun anew
            whole = answer.done;
            at = answer.received;
            progress(at);
        }
        if (at === file.size) return;
    }
}

const GONE = {};

/** Asks until there is an answer: where there is no network, or no room at the moment, once it is back. */
async function ask(form, address, values, waits) {
    for (let wait = 1000; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
        const body = new FormData();
        for (const [name, value] of Object.entries({_csrf: form.elements._csrf.value, ...values})) body.append(name, value);
        let answer = null;
        try {
            answer = await fetch(address, {method: 'POST', body, redirect: 'error', headers: {'HX-Request': 'true'}});
        } catch { /* no network */ }
        if (answer?.status === 401 || answer?.status === 403) throw new Ended();
        if (answer?.status === 404 && values.part) return GONE;
        if (answer && answer.status !== 429 && answer.status < 500) {
            const said = await answer.json().catch(() => ({}));
            if (!answer.ok) throw new Refused(said.mistake ?? form.dataset.broken);
            waits(false);
            return said;
        }
        waits(true);
        await new Promise(done => { setTimeout(done, wait); addEventListener('online', done, {once: true}); });
    }
}

/** What is there now, as the page shows it, with what was refused beside its field. */
async function show(form, refused, kept) {
    const need = form.elements.need.value, words = form.dataset.kept;
    const page = new DOMParser().parseFromString(await fetch(location.pathname).then(answer => answer.text()).catch(() => ''), 'text/html');
    const area = document.getElementById(form.dataset.upload), fresh = page.getElementById(form.dataset.upload);
    if (!fresh) return location.reload();
    area.innerHTML = fresh.innerHTML;
    htmx.process(area);
    const now = area.querySelector('input[name=need][value="' + CSS.escape(need) + '"]')?.closest('form');
    if (!now) return;
    if (refused.length) tell(now.querySelector('[data-told]'), refused.join(' '));
    if (kept) now.querySelector('[data-progress-told]').textContent = words;
}

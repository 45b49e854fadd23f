// Comfort for those with JavaScript; every page works without.
import {createAll, Button, Checkboxes, CharacterCount, ErrorSummary, Radios, ServiceNavigation, SkipLink, NotificationBanner} from 'govuk-frontend';
import htmx from 'htmx.org';
import {warnBeforeTheEnd} from './session-ends.js';
import './papers.js';
import './screener.js';
import {tell} from './uploads.js';

htmx.config.includeIndicatorStyles = false;   // they would be inline
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;             // nothing of a form in the browser's storage
window.htmx = htmx;

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
for (const component of [Button, Checkboxes, CharacterCount, ErrorSummary, Radios, ServiceNavigation, SkipLink, NotificationBanner]) createAll(component);

/** Passkeys: the server asks, the browser lets its holder unlock one, and what it says goes along with the form. */
if (window.isSecureContext && window.PublicKeyCredential) {
    for (const button of document.querySelectorAll('button[data-passkey]')) button.hidden = false;
    for (const hint of document.querySelectorAll('[data-passkey-needs]')) hint.hidden = true;
}
document.addEventListener('submit', event => {
    const button = event.submitter?.closest('button[data-passkey]') ?? event.target.querySelector('button[data-passkey-make]');
    const form = event.target;
    if (!button || form.elements.passkey.value) return;
    event.preventDefault();
    const told = form.querySelector('[data-passkey-told]');
    told.hidden = true;
    button.disabled = true;
    const make = 'passkeyMake' in button.dataset;
    fetch(button.dataset.passkey, {method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'error'})
        .then(async answer => {
            const asked = await answer.json();
            if (!answer.ok) throw new Refused(asked.mistake);
            return make ? navigator.credentials.create({publicKey: decoded(asked)}) : navigator.credentials.get({publicKey: decoded(asked)});
        })
        .then(credential => {
            form.elements.passkey.value = JSON.stringify(encoded(credential));
            form.submit();
        })
        .catch(trouble => {
            button.disabled = false;
            const words = told.dataset;
            tell(told, trouble instanceof Refused && trouble.message ? trouble.message
                : trouble.name === 'InvalidStateError' ? words.known
                : trouble.name === 'NotAllowedError' ? words.cancelled
                : words.broken);
        });
});

class Refused extends Error {}

/** What the server says in base64url the browser wants as bytes, and the other way round. */
function decoded(asked) {
    const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0));
    const known = list => (list ?? []).map(one => ({...one, id: bytes(one.id)}));
    return {
        ...asked, challenge: bytes(asked.challenge), user: asked.user && {...asked.user, id: bytes(asked.user.id)},
        allowCredentials: known(asked.allowCredentials), excludeCredentials: known(asked.excludeCredentials)
    };
}
function encoded(credential) {
    const text = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/=+$/, '').replace(/\+/g, '-').replace(/\//g, '_');
    const response = {transports: credential.response.getTransports?.()};
    for (const part of ['attestationObject', 'clientDataJSON', 'authenticatorData', 'signature', 'userHandle'])
        if (credential.response[part]) response[part] = text(credential.response[part]);
    return {
        id: credential.id, rawId: text(credential.rawId), type: credential.type, response,
        authenticatorAttachment: credential.authenticatorAttachment, clientExtensionResults: credential.getClientExtensionResults()
    };
}

/** Leaving a page with what was typed and not yet saved, or with a file that was chosen and not sent, loses it: the browser asks. Forms that save as one types say so themselves. */
let unsaved = document.querySelector('form[data-guard][data-typed-again], form[data-guard]:not([data-keeps-mistakes]) [aria-invalid=true], form[data-guard] [data-disputed]') !== null;
document.addEventListener('input', event => {
    if (event.target.closest('form[data-guard]')) unsaved = true;
    const disputed = document.querySelector('[data-disputed="' + CSS.escape(event.target.name) + '"] [value=here]');
    if (disputed) disputed.checked = true;   // what is typed now is meant
});
document.addEventListener('submit', event => { if (!event.defaultPrevented) unsaved = false; });

/** Of a day that is not typed to the end the browser tells nothing, as if the field were empty: until it is, what was kept stays, and it is said. */
const half = form => [...form?.querySelectorAll('input[type=date]') ?? []].filter(field => field.validity.badInput);
document.addEventListener('htmx:configRequest', event => {
    for (const field of half(event.target.closest('form[data-guard]'))) event.detail.parameters.set(field.name, field.defaultValue);
});
document.addEventListener('submit', event => {
    const [field] = half(event.target.closest('form[data-guard]'));
    if (!field) return;
    event.preventDefault();
    unsaved = true;
    field.reportValidity();
}, true);
document.addEventListener('htmx:afterRequest', event => {
    const form = event.target.closest?.('form[data-guard]');
    if (!event.detail.successful || !form) return;
    const place = document.querySelector('[data-saved]');
    unsaved = place?.dataset.unsaved !== undefined || half(form).length > 0;
    if (place && half(form).length > 0) place.append(place.dataset.half);
});
let sent = null;   // the form by which the page is left, with the files in it
document.addEventListener('submit', event => { sent = event.defaultPrevented ? null : event.target; });
const unsent = () => [...document.querySelectorAll('input[type=file]')].some(field => field.files.length > 0 && field.form !== sent);
window.addEventListener('beforeunload', event => { if (unsaved || unsent()) event.preventDefault(); });

/** A page from the browser's memory may show what was true before: ask again. */
window.addEventListener('pageshow', event => { if (event.persisted && document.querySelector('form[data-guard], [data-fresh]')) location.reload(); });

/** The server says which fields the answers hide (the same conditions that it checks by); the rest is shown. */
document.addEventListener('fields', event => {
    for (const part of document.querySelectorAll('[data-hidden]')) part.dataset.hidden = event.detail.hidden.includes(part.id);
});

/** When a request in the background fails, say so instead of keeping still. */
document.addEventListener('htmx:responseError', event => failed(event));
document.addEventListener('htmx:sendError', event => failed(event));
function failed(event) {
    const place = document.querySelector('[data-saved]');
    const form = event.target.closest?.('form');
    const ended = event.detail.xhr?.status === 401;
    if (form && place) {
        place.textContent = ended ? place.dataset.ended : place.dataset.failed;
        document.querySelector('[data-again]').hidden = !ended;
    } else if (form && ended) form.submit();   // as a page it leads to the sign-in, and back with what was typed
}

/** What was typed before the session ended is back in its form: it is saved at once where it is saved as one types. */
htmx.onLoad(part => part.querySelectorAll?.('form[data-typed-again][hx-post]').forEach(form => htmx.trigger(form, 'change')));

/** Other windows learn who is signed in here: what an officer typed on the desk is for him alone, and not after he has left. */
if (window.top === window) {
    const windows = new BroadcastChannel('jincai');
    const account = document.querySelector('.jc-header a[href$="/account"]')?.textContent ?? null;
    const kept = JSON.parse(sessionStorage.getItem('jincai-desk') ?? 'null');
    if (account && kept?.account !== account) sessionStorage.removeItem('jincai-desk');
    windows.postMessage({account});
    const ends = document.getElementById('session-ends');
    if (ends) {
        const usedNow = warnBeforeTheEnd(ends, Number(document.body.dataset.session));
        document.addEventListener('htmx:afterRequest', event => { if (event.detail.successful) usedNow(); });
    }
    document.addEventListener('submit', event => {
        if (!event.target.matches('form[action$="/sign-out"]')) return;
        sessionStorage.removeItem('jincai-desk');
        windows.postMessage({signedOut: true});
    });
}

/** The place on the desk that was asked for stands behind the #, which a form does not send: it goes along to where one is led. */
const signIn = document.querySelector('main form[action$="/sign-in"]');
if (signIn && location.hash.startsWith('#/')) signIn.action += location.hash;

/** What takes a while tells how far it is; once it is over the page is asked for again, with the result. */
for (const place of document.querySelectorAll('[data-events]')) {
    const events = new EventSource(place.dataset.events);
    events.addEventListener('progress', event => {
        const percent = JSON.parse(event.data).percent;
        place.querySelector('progress').value = percent;
        place.querySelector('[data-progress-told]').textContent = percent + ' %';
    });
    events.addEventListener('over', () => { events.close(); location.reload(); });
    events.addEventListener('error', () => { if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 3000); });   // given up by the browser: the page tells as well
}

/**
 * A session ends by itself: that is told five minutes before, and can be put off. What is done in any window, of the portal or of the desk, counts for all. The desk
 * loads this file as it is, the portal with its bundle.
 *
 * @param place where it is told: with what is shown before the end (data-soon, a button among it) and after (data-over)
 * @param seconds how long the session lasts after it was last used
 * @param over called once it has ended
 * @returns to be called whenever the server was asked for something by a person
 */
export function warnBeforeTheEnd(place, seconds, over = () => {}) {
    const lasts = seconds * 1000;
    const inUse = new BroadcastChannel('jincai-in-use');
    let used = Date.now();
    const usedNow = () => { used = Date.now(); inUse.postMessage(used); look(); };
    const look = () => {
        const left = used + lasts - Date.now();
        const ended = left <= 0;
        for (const part of place.querySelectorAll('[data-soon]')) part.hidden = ended;
        for (const part of place.querySelectorAll('[data-over]')) part.hidden = !ended;
        const told = !place.hidden;
        place.hidden = left > 5 * 60 * 1000;
        if (!told && !place.hidden && !ended) place.querySelector('[tabindex]').focus({preventScroll: true});
        if (ended) over();
    };
    inUse.onmessage = ({data}) => { used = Math.max(used, data); look(); };
    place.querySelector('button').addEventListener('click', async () => {
        const answer = await fetch('/session', {headers: {'HX-Request': 'true'}});
        if (answer.status === 204) usedNow();
        else { used = Date.now() - lasts; look(); }
    });
    usedNow();
    setInterval(look, 5000);
    return usedNow;
}

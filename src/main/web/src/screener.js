// The end of the screener: its words into the clipboard or to another application, and onto paper. Without JavaScript one marks the text, and the browser prints.
for (const button of document.querySelectorAll('button[data-copies]')) {
    if (!navigator.clipboard && !navigator.share) continue;
    button.hidden = false;
    button.addEventListener('click', async () => {
        const field = document.getElementById(button.dataset.copies);
        try {
            if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
            else await navigator.share({text: field.value});
            document.querySelector('[data-copied]').textContent = button.dataset.done;
        } catch {
            field.select();   // not allowed, or thought better of: it can still be copied by hand
        }
    });
}
for (const button of document.querySelectorAll('button[data-prints]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
}

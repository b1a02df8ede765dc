// Proof of work (ALTCHA, SHA-256): once somebody begins to write, their browser looks for the number that the form asks
// for, in small slices, and fills it in. Without it the comment waits for a moderator; nobody is shown a puzzle.

// So few are hashed at once that whoever types comes first. No timer parts them: browsers slow those of pages behind.
const SLICE = 200;

const numberFor = async ({ algorithm, challenge, maxnumber, salt }) => {
  const wanted = Uint8Array.from(challenge.match(/../g), (pair) => parseInt(pair, 16));
  const isIt = (hash) => new Uint8Array(hash).every((byte, at) => byte === wanted[at]);
  const text = new TextEncoder();
  for (let first = 0; first <= maxnumber; first += SLICE) {
    const tried = Array.from({ length: SLICE }, (_, at) => first + at);
    const hashes = await Promise.all(tried.map((one) => crypto.subtle.digest(algorithm, text.encode(salt + one))));
    const at = hashes.findIndex(isIt);
    if (at >= 0) return tried[at];
  }
  return null;
};

const attach = (form) => {
  const { maxnumber, ...asked } = JSON.parse(form.dataset.work);
  let work;
  let isDone = false;
  const end = (number) => {
    isDone = true;
    if (number !== null) form.elements.altcha.value = btoa(JSON.stringify({ ...asked, number }));
  };
  const begin = () => {
    work = work || numberFor({ ...asked, maxnumber }).then(end, () => end(null));
    return work;
  };
  form.addEventListener("focusin", begin, { once: true });
  form.addEventListener("submit", async (event) => {
    // What is done by now is not waited for: within this event a browser ignores that the form is sent again.
    if (isDone) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await begin();
    if (form.requestSubmit) form.requestSubmit();
    else form.submit();
  });
};

// Browsers give it only to pages that nobody can change on their way.
if (window.crypto && crypto.subtle) for (const form of document.querySelectorAll("form[data-work]")) attach(form);

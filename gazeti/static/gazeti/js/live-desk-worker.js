// Opens the live desk's form where there is no line: a page without anything of the newsroom or of a person, the same
// for all, kept with its style and scripts. Nothing else is kept, and whatever the line can bring is asked of the line.
// The server writes SHELL (address, files, version) above this; another version is another worker.

const NAME = "live-desk-";
const KEPT = `${NAME}${SHELL.version}`;
const PATIENCE = 15_000;
const SCREEN = /^\/desk\/live\/\d+\/$/;

const install = async () => {
  const cache = await caches.open(KEPT);
  await cache.addAll([SHELL.page, ...SHELL.files].map((one) => new Request(one, { cache: "reload" })));
  await self.skipWaiting();
};

const activate = async () => {
  const names = await caches.keys();
  await Promise.all(names.filter((one) => one.startsWith(NAME) && one !== KEPT).map((one) => caches.delete(one)));
  await self.clients.claim();
};

const asLong = (patience) => new Promise((_resolve, reject) => setTimeout(reject, patience));

const fromLine = async (request, kept) => {
  try {
    return await Promise.race([fetch(request), asLong(PATIENCE)]);
  } catch {
    return (await caches.match(kept)) ?? Response.error();
  }
};

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && SCREEN.test(pathname)) event.respondWith(fromLine(request, SHELL.page));
  else if (SHELL.files.includes(pathname)) event.respondWith(fromLine(request, pathname));
});

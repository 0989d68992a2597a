// Looks after the visit form when there is no signal: gives the kept form instead of nothing, and sends what waits.
// It keeps no other page: whatever the service answers goes to the browser as it came.
importScripts("/static/drafts.js");
const SHELL = "/visits/offline";
const PATIENCE = 8000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const kept = async (address) => (await caches.open(self.drafts.NAME)).match(address);

async function page(request) {
  const answer = fetch(request);
  const tired = new Promise((done) => setTimeout(done, PATIENCE));
  try {
    const first = await Promise.race([answer, tired]);
    // A proxy that cannot reach the service answers for it.
    if (first && first.status < 502) return first;
    return (await kept(SHELL)) || first || answer;
  } catch (trouble) {
    const shell = await kept(SHELL);
    if (shell) return shell;
    throw trouble;
  }
}

async function asset(request) {
  try {
    return await fetch(request);
  } catch (trouble) {
    const found = await kept(request.url.replace(/#.*/, ""));
    if (found) return found;
    throw trouble;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (["/visits/new", SHELL].includes(address.pathname)) event.respondWith(page(request));
  } else if (/^\/(bootstrap\/)?static\//.test(address.pathname)) event.respondWith(asset(request));
});

self.addEventListener("sync", (event) => {
  if (event.tag !== self.drafts.NAME) return;
  event.waitUntil(self.drafts.send().then((outcome) => {
    // The browser tries again by itself.
    if (outcome === "offline" || outcome === "later") throw new Error(outcome);
  }));
});

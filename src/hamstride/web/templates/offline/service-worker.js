// Keeps the shell, and the pages that are of use at the track, as they were last seen.
// An answer is of its day: a page of another day is never shown, whatever is in the cache.
"use strict";

const SHELL = "shell-{{ version|escapejs }}";
const PAGES = "pages";
const OFFLINE = "{% url 'offline' %}";
const FILES = [OFFLINE{% for file in shell %}, "{{ file|escapejs }}"{% endfor %}];
const KEPT = /^\/($|check-in\/|red-flags\/|plan\/|session\/|runs\/add\/|learn\/|tests\/)/;
const WAIT_MS = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name !== SHELL && name !== PAGES) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

self.addEventListener("message", (event) => {
  if (event.data === "forget") event.waitUntil(caches.delete(PAGES));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event.request, url));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(event.request));
});

async function page(request, url) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(WAIT_MS) });
    if (answer.ok && !answer.redirected && KEPT.test(url.pathname)) {
      const copy = answer.clone();
      caches.open(PAGES).then((cache) => cache.put(url.pathname, copy));
    }
    return answer;
  } catch {
    const kept = await (await caches.open(PAGES)).match(url.pathname);
    if (kept && ofToday(kept)) return kept;
    return (await caches.match(OFFLINE)) || Response.error();
  }
}

// The shell is of this version; what belongs to single pages is kept as they are looked at.
async function file(request) {
  const kept = await caches.match(request);
  if (kept && FILES.includes(new URL(request.url).pathname)) return kept;
  try {
    const answer = await fetch(request);
    const copy = answer.clone();
    if (answer.ok) caches.open(SHELL).then((cache) => cache.put(request, copy));
    return answer;
  } catch {
    return kept || Response.error();
  }
}

function ofToday(answer) {
  const day = answer.headers.get("Hamstride-Day");
  if (!day) return true;
  const now = new Date();
  const two = (value) => String(value).padStart(2, "0");
  return day === `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

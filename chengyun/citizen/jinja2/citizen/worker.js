// The service worker of the public's pages. It keeps pages that are the same for everybody, so that a report can be
// typed without network; an order's page is never kept, and nothing that is posted.
const KEPT = "citizen-{{ edition }}";
const PAGES = new Set({{ pages | tojson }});
const FILES = new Set({{ files | tojson }});
const OFFLINE = {{ offline | tojson }};

self.addEventListener("install", (event) => {
  const fill = async () => {
    const cache = await caches.open(KEPT);
    await cache.addAll([...FILES]);
    await Promise.allSettled([...PAGES].map((page) => cache.add(new Request(page, { cache: "reload" }))));
    await self.skipWaiting();
  };
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) if (name.startsWith("citizen-") && name !== KEPT) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

async function keptFile(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function freshPage(request, path) {
  try {
    const answer = await fetch(request);
    if (answer.ok && PAGES.has(path)) await (await caches.open(KEPT)).put(path, answer.clone());
    return answer;
  } catch {
    return (await caches.match(PAGES.has(path) ? path : OFFLINE, { ignoreVary: true })) ?? (await caches.match(OFFLINE, { ignoreVary: true })) ?? Response.error();
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (FILES.has(pathname)) event.respondWith(keptFile(request));
  else if (request.mode === "navigate") event.respondWith(freshPage(request, pathname));
});

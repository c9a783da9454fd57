// Forms that are sent without a signal are kept on the phone and sent later, each once.
// The server knows a form by its client id: sending it twice stores it once.

const NAME = "hamstride";
const STORE = "forms";
const WAIT_MS = 3000;

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "client" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function withStore(mode, act) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const change = database.transaction(STORE, mode);
      const asked = act(change.objectStore(STORE));
      change.oncomplete = () => resolve(asked?.result);
      change.onerror = change.onabort = () => reject(change.error);
    });
  } finally {
    database.close();
  }
}

// What a browser says of its connection is a guess; the server either answers or it does not.
export async function reachable() {
  try {
    await fetch("/manifest.webmanifest", {
      method: "HEAD",
      cache: "no-store",
      signal: AbortSignal.timeout(WAIT_MS),
    });
    return true;
  } catch {
    return false;
  }
}

// Whose page this is. What one runner kept on a phone is not sent as another's.
const account = document.body.dataset.account ?? "";

async function mine() {
  const all = await withStore("readonly", (store) => store.getAll());
  return all.filter((each) => each.account === account);
}

export async function waiting() {
  const all = await mine();
  return { count: all.filter((each) => !each.refused).length, refused: all.filter((each) => each.refused) };
}

export async function forget(client) {
  await withStore("readwrite", (store) => store.delete(client));
}

function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

async function send(url, fields) {
  const body = new URLSearchParams(fields);
  body.set("csrfmiddlewaretoken", token());
  const answer = await fetch(url, { method: "POST", body, credentials: "same-origin" });
  // A form that was taken leads to another page; one with a question shows itself again. Whoever
  // has been signed out since signs in first.
  if (answer.redirected) return new URL(answer.url).pathname.startsWith("/account/") ? "later" : "taken";
  return answer.status >= 500 ? "later" : "refused";
}

export async function sendWaiting() {
  let sent = 0;
  for (const kept of await mine()) {
    if (kept.refused) continue;
    let became = "later";
    try {
      became = await send(kept.url, kept.fields);
    } catch {
      break;
    }
    if (became === "later") break;
    if (became === "refused") {
      // It has a question of its own, and holds up nothing behind it.
      await withStore("readwrite", (store) => store.put({ ...kept, refused: true }));
      continue;
    }
    await withStore("readwrite", (store) => store.delete(kept.client));
    sent += 1;
  }
  return sent;
}

// The day it is where the phone is, as the server writes it.
function dayHere(now = new Date()) {
  const two = (value) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

async function keep(form) {
  // What is written today is of today, whenever it is sent and whenever the page was kept.
  if (form.elements.on) form.elements.on.value = dayHere();
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  const client = Object.fromEntries(fields).client;
  await withStore("readwrite", (store) => store.put({ client, account, url: form.action, fields, at: Date.now() }));
  // The next form of this page is another one.
  form.elements.client.value = crypto.randomUUID();
  form.reset();
  window.dispatchEvent(new Event("hamstride:kept"));
}

for (const form of document.querySelectorAll("form[data-offline]")) {
  form.addEventListener("submit", async (event) => {
    if (!form.elements.client) return;
    event.preventDefault();
    if (await reachable()) form.submit();
    else await keep(form);
  });
}

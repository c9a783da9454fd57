// Installs the worker, and says when there is no signal or something waits to be sent.
import { forget, reachable, sendWaiting, waiting } from "./queue.js";

const bar = document.getElementById("signal");

async function show() {
  if (!bar) return;
  const { count, refused } = await waiting();
  const off = !(await reachable());
  bar.hidden = !off && count === 0 && refused.length === 0;
  const kept = count === 1 ? bar.dataset.one : bar.dataset.many.replace("{n}", count);
  bar.replaceChildren([off ? bar.dataset.off : "", count ? kept : ""].filter(Boolean).join(" "));
  for (const each of refused) bar.append(...question(each));
}

// What the server had a question about is written anew, or dropped; only the runner knows.
function question(kept) {
  const link = document.createElement("a");
  link.href = kept.url;
  link.textContent = bar.dataset.again;
  const drop = document.createElement("button");
  drop.className = "link";
  drop.textContent = bar.dataset.drop;
  drop.addEventListener("click", () => forget(kept.client).then(show));
  return [" ", bar.dataset.refused, " ", link, " ", drop];
}

async function back() {
  const sent = await sendWaiting();
  await show();
  // The answer may have changed with what was sent.
  if (sent && location.pathname === "/") location.reload();
}

if ("serviceWorker" in navigator && window.isSecureContext) {
  navigator.serviceWorker.register("/service-worker.js");
}
// What was kept for one account is not shown to the next one on the same phone.
for (const form of document.querySelectorAll("form[data-forget]")) {
  form.addEventListener("submit", () => navigator.serviceWorker?.controller?.postMessage("forget"));
}
window.addEventListener("online", back);
window.addEventListener("offline", show);
// Whoever pressed the button at the foot of a form is shown what became of it.
window.addEventListener("hamstride:kept", async () => {
  await show();
  bar?.scrollIntoView();
});
await back();

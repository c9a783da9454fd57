// Import: files may be dropped, sending shows how far it is, and what runs is looked at again.

const LOOK_EVERY_MS = 2000;

function begin() {
  const form = document.querySelector(".drop");
  if (!form) return;
  form.querySelector(".or").hidden = false;
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    form.elements.files.files = event.dataTransfer.files;
    send(form);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
  for (const part of document.querySelectorAll("[data-state]")) look(part);
}

function send(form) {
  const sending = form.querySelector(".sending");
  const notSent = form.querySelector(".sent-not");
  const request = new XMLHttpRequest();
  const failed = () => {
    sending.hidden = true;
    notSent.hidden = false;
  };
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) sending.querySelector("progress").value = (100 * event.loaded) / event.total;
  });
  request.addEventListener("error", failed);
  request.addEventListener("load", () => {
    const main = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("main");
    if (!main) return failed();
    document.querySelector("main").replaceWith(main);
    begin();
  });
  sending.hidden = false;
  notSent.hidden = true;
  request.open("POST", form.action);
  request.send(new FormData(form));
}

function look(part) {
  setTimeout(async () => {
    if (!part.isConnected) return;
    let answer;
    try {
      answer = await fetch(part.dataset.state);
    } catch {
      return look(part);
    }
    if (answer.status === 204 || answer.redirected) return location.reload();
    // Whoever is about to press a button is not disturbed.
    if (!answer.ok || part.contains(document.activeElement)) return look(part);
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    const next = holder.content.firstElementChild;
    part.replaceWith(next);
    if (next.dataset.state) look(next);
  }, LOOK_EVERY_MS);
}

begin();

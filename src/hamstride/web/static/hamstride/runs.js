// Says when the button was pressed: a run that is sent later, once there is a signal, ended then.
for (const form of document.querySelectorAll("form[data-pressed]")) {
  form.addEventListener("submit", () => {
    form.elements.at.value = new Date().toISOString();
  });
}

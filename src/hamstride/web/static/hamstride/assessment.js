// A tap on the drawing chooses its button in the list and stays at the drawing; without this file
// the browser does the same and goes to the list.
for (const area of document.querySelectorAll("label.area")) {
  area.addEventListener("click", (event) => {
    event.preventDefault();
    area.control.checked = true;
    area.control.focus({ preventScroll: true });
  });
}

// Says on the page what allauth's script would only say in the console: that no passkey came.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const told = document.getElementById("passkey-said");
  if (told) told.hidden = false;
});

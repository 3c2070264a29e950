// The one comfort that needs a script: without it the button stays away and the browser's own menu prints.
for (const button of document.querySelectorAll(".js-print")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

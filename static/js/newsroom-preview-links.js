// The list of preview links: an address is copied by a button.
(function () {
  "use strict";
  if (!navigator.clipboard) return;
  const said = document.getElementById("copied");
  for (const button of document.querySelectorAll(".copy-address")) {
    const address = button.parentElement.querySelector(".link-address");
    button.hidden = false;
    button.addEventListener("click", async () => {
      address.select();
      try {
        await navigator.clipboard.writeText(address.value);
        said.textContent = gettext("The address is copied.");
        button.textContent = gettext("Copied");
      } catch {
        said.textContent = gettext("Your browser did not copy it. It is marked: copy it by hand.");
      }
    });
  }
})();

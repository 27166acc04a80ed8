// The tracker answers while one types and chooses. Without this file its button does the same.
"use strict";
(() => {
  const form = document.querySelector(".tracker .ask");
  if (!form) return;
  let waits, asked = 0;
  const answer = async () => {
    const given = new URLSearchParams([...new FormData(form)].filter(([name, value]) => value && !(name === "sort" && value === "decision")));
    const address = form.action + (given.size ? `?${given}` : ""), turn = ++asked;
    try {
      const answered = await fetch(address);
      if (!answered.ok || turn !== asked) return;
      const page = new DOMParser().parseFromString(await answered.text(), "text/html");
      const said = page.querySelector("#tracker-shows");
      if (turn !== asked || !said) return;
      const here = document.querySelector("#tracker-shows"), told = here.querySelector("[role=status]");
      // The line that says how many there are stays, so that it is read out.
      told.replaceChildren(...said.querySelector("[role=status]").childNodes);
      said.querySelector("[role=status]").remove();
      here.replaceChildren(told, ...said.childNodes);
      history.replaceState(null, "", address);
    } catch { /* no connection: what is there stays, and the button tells */ }
  };
  form.addEventListener("input", () => { clearTimeout(waits); waits = setTimeout(answer, 200); });
})();

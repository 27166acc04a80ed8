// Loaded before the page is drawn, so that the colours that a reader chose are there from the start.
"use strict";
(() => {
  const KEY = "cliffhanger-theme", THEMES = ["auto", "light", "dark"], root = document.documentElement;
  const bars = [...document.querySelectorAll("[name=theme-color]")], colours = bars.map((bar) => bar.content);
  let theme = "auto";
  const read = () => {
    try { theme = localStorage.getItem(KEY); } catch { /* storage is switched off */ }
    if (!THEMES.includes(theme)) theme = "auto";
  };
  const wear = (button) => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    bars.forEach((bar, n) => { bar.content = colours[theme === "auto" ? n : THEMES.indexOf(theme) - 1]; });
    if (button) button.title = button.ariaLabel = button.dataset[theme];
  };
  read();
  wear();
  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".theme");
    if (!button) return;
    wear(button);
    button.hidden = false;
    button.onclick = () => {
      theme = THEMES[(THEMES.indexOf(theme) + 1) % 3];
      wear(button);
      try { localStorage.setItem(KEY, theme); } catch { /* as above */ }
    };
    // Another tab has chosen, or this page was kept while another one chose.
    for (const event of ["storage", "pageshow"]) addEventListener(event, () => { read(); wear(button); });
  });
})();

// Staff see "Edit" on public pages. Only a browser that has opened the newsroom asks; all others stay silent.
addEventListener("DOMContentLoaded", async () => {
  try {
    if (!localStorage.getItem("cliffhanger-newsroom")) return;
  } catch { return; }
  const address = `/newsroom/edit-link/?path=${encodeURIComponent(location.pathname)}`;
  const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
  if (answer?.status !== 200) return;
  const { url, label } = await answer.json();
  const link = document.createElement("a");
  link.className = "edit-link";
  link.href = url;
  link.textContent = label;
  document.querySelector(".masthead .wide")?.append(link);
});

// An article's address is handed on, or copied where the device has no sheet for it.
addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector(".share"), url = document.querySelector("[rel=canonical]")?.href;
  if (!button || !url || !(navigator.share || navigator.clipboard)) return;
  if (!navigator.share) button.textContent = button.dataset.copy;
  button.hidden = false;
  button.onclick = async () => {
    if (navigator.share) return navigator.share({ title: document.title, url }).catch(() => {});
    const copied = await navigator.clipboard.writeText(url).then(() => true, () => false);
    button.nextElementSibling.textContent = copied ? button.dataset.copied : url;
  };
});

// The key "/" leads to the search, unless a reader has switched that off on the search's page.
addEventListener("DOMContentLoaded", () => {
  const KEY = "cliffhanger-slash", field = document.querySelector("#q"), box = document.querySelector(".slash input");
  const isOn = () => { try { return localStorage.getItem(KEY) !== "off"; } catch { return true; } };
  if (box) {
    box.checked = isOn();
    box.onchange = () => { try { localStorage.setItem(KEY, box.checked ? "on" : "off"); } catch { /* as above */ } };
    box.closest(".slash").hidden = false;
  }
  addEventListener("keydown", (event) => {
    const isTyping = event.target.matches?.("input:not([type=checkbox]), textarea, select");
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || isTyping || !isOn()) return;
    event.preventDefault();
    if (field) field.focus();
    else location.assign(`${document.querySelector(".seek").href}#q`);
  });
});

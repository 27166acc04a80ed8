// Staff see "Edit" on public pages. Only a browser that has opened the newsroom asks; all others stay silent.
"use strict";
(async () => {
  try {
    if (!localStorage.getItem("cliffhanger-newsroom")) return;
  } catch { return; /* storage is switched off */ }
  const address = `/newsroom/edit-link/?path=${encodeURIComponent(location.pathname)}`;
  const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
  if (answer?.status !== 200) return;
  const { url, label } = await answer.json();
  const link = document.createElement("a");
  link.className = "edit-link";
  link.href = url;
  link.textContent = label;
  document.querySelector(".masthead .wide")?.append(link);
})();

// A video's player is loaded when its button is pressed, and not before; the focus goes into it.
"use strict";
for (const box of document.querySelectorAll("[data-player]")) {
  const button = box.querySelector("button");
  for (const waiting of box.parentElement.querySelectorAll("[hidden]")) waiting.hidden = false;
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.title = button.querySelector(".sr").textContent;
    frame.allow = "autoplay; encrypted-media; picture-in-picture";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.src = box.dataset.player;
    box.replaceChildren(frame);
    frame.focus();
  });
}

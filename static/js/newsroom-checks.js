// The writing screen's panel of checks: asks again when typing rests, leads to what was found, keeps reasons.
(function () {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const PAUSE = 1500;

  // On the pages of their own: Enter in a reason presses its own button.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches?.('input[id^="reason-"]')) return;
    event.preventDefault();
    one("button", event.target.parentElement)?.click();
  });

  // Editors may be ready before the rest of the page is.
  document.addEventListener("prose-editor:ready", (event) => {
    event.detail.editor.on("update", () => document.dispatchEvent(new Event("newsroom-checks:typed")));
  });

  const start = () => {
    const panel = one("#desk-checks");
    const form = one("#article_form");
    if (!panel || !form) return;
    const found = one("#desk-checks-found");
    const said = one("#desk-checks-said");
    let timer = null;
    let asking = null;
    let isDue = false;
    let isDoing = false;
    let isPressed = false;
    let drawn = null;

    const ask = async (url, more = {}) => {
      const data = new URLSearchParams(new FormData(form));
      for (const [name, value] of Object.entries(more)) data.set(name, value);
      const response = await fetch(url, { method: "POST", body: data, credentials: "same-origin" });
      return response.ok && !response.redirected ? response.text() : null;
    };

    // What is folded stays folded, and a reason that is being typed stays; what says the same keeps the focus.
    const draw = (html) => {
      if (html === drawn) return;
      drawn = html;
      const wasOpen = new Map(all("details[data-level]", found).map((group) => [group.dataset.level, group.open]));
      const before = one("[data-counts]", found)?.textContent;
      found.innerHTML = html;
      for (const group of all("details[data-level]", found)) {
        if (wasOpen.has(group.dataset.level)) group.open = wasOpen.get(group.dataset.level);
      }
      const counts = one("[data-counts]", found)?.textContent;
      if (counts !== before) said.textContent = counts;
    };

    const isAnswering = () => all("[data-reason]", found).some((field) => field.value || field === document.activeElement);
    // A press on what is drawn anew between down and up would be lost.
    const isInUse = () => isPressed || isAnswering();

    const inTurn = async (work) => {
      await asking;
      asking = work();
      await asking;
      asking = null;
      if (isDue) later();
    };

    const refresh = () => {
      clearTimeout(timer);
      isDue = Boolean(asking) || isInUse();
      if (isDue) return;
      inTurn(async () => {
        try {
          const html = await ask(panel.dataset.url);
          if (html === null || isDoing) return;
          if (isInUse()) isDue = true;
          else draw(html);
        } catch {
          // The server cannot be reached: what was found before stays in sight until it can.
        }
      });
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(refresh, PAUSE);
    };
    const typed = (event) => { if (!panel.contains(event.target)) later(); };

    // To what was found.
    const unfold = (element) => {
      for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
      const block = element.closest(".inline-related.collapsed");
      if (block) one(":scope > h3", block).click();
    };

    const fieldOf = (element) => {
      if (element.matches("select.select2-hidden-accessible")) return one(".select2-selection", element.parentElement);
      if (element.matches("input, select, textarea")) return element;
      return one(".ProseMirror[contenteditable]", element) ?? one('input:not([type="hidden"]), textarea, .select2-selection, a[href]', element);
    };

    const select = (area, quote) => {
      const walker = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
      const places = [];
      let text = "";
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let at = 0; at < node.data.length; at += 1) {
          const sign = /\s/.test(node.data[at]) ? " " : node.data[at];
          if (sign === " " && text.endsWith(" ")) continue;
          text += sign;
          places.push([node, at]);
        }
      }
      const start = text.indexOf(quote.replace(/\s+/g, " "));
      if (start < 0) return;
      const range = document.createRange();
      range.setStart(...places[start]);
      const [last, at] = places[start + quote.length - 1] ?? places.at(-1);
      range.setEnd(last, at + 1);
      const selection = document.getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      range.startContainer.parentElement.scrollIntoView({ block: "center" });
    };

    const go = (link) => {
      const element = document.getElementById(link.hash.slice(1));
      if (!element) return;
      unfold(element);
      const field = fieldOf(element) ?? element;
      field.focus();
      field.scrollIntoView({ block: "center" });
      if (link.dataset.quote && field.matches(".ProseMirror")) select(field, link.dataset.quote);
    };

    const refuse = (text) => {
      drawn = null;
      one(".checks-problem", found)?.remove();
      const note = document.createElement("p");
      note.className = "errornote checks-problem";
      note.setAttribute("role", "alert");
      note.tabIndex = -1;
      note.textContent = text;
      found.prepend(note);
    };

    // A press waits for what is being asked and is done after it; a second press of an impatient hand is not.
    const deed = async (url, more) => {
      if (isDoing) return;
      isDoing = true;
      await inTurn(async () => {
        try {
          const html = await ask(url, more);
          if (html === null) refuse(gettext("Not kept: load this page again and log in if it asks you to."));
          else draw(html);
        } catch {
          refuse(gettext("Not kept: the server cannot be reached."));
        }
        (one(".checks-problem", found) ?? one("h2", panel)).focus();
      });
      isDoing = false;
    };

    found.addEventListener("click", (event) => {
      const pressed = event.target.closest("a.checks-go, button[data-answer], button[data-take-back]");
      if (!pressed) return;
      event.preventDefault();
      if (pressed.matches("a")) go(pressed);
      else if (pressed.dataset.takeBack) deed(pressed.dataset.takeBack);
      else {
        const fingerprint = pressed.dataset.answer;
        const reason = one(`[data-reason="${fingerprint}"]`, found).value;
        deed(panel.dataset.answer, { answer: fingerprint, [`reason-${fingerprint}`]: reason });
      }
    });
    found.addEventListener("focusout", () => { if (isDue) later(); });
    found.addEventListener("pointerdown", () => { isPressed = true; });
    for (const name of ["pointerup", "pointercancel"]) {
      document.addEventListener(name, () => {
        if (isPressed && isDue) later();
        isPressed = false;
      });
    }

    for (const name of ["input", "change"]) form.addEventListener(name, typed);
    for (const name of ["formset:added", "formset:removed", "content-editor:activate"]) document.addEventListener(name, typed);
    document.addEventListener("newsroom-checks:typed", later);
    django.jQuery(form).on("select2:select select2:unselect", later);
    refresh();
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();

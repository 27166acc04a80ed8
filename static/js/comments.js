// Comments, made nicer where there is a script; everything works without. What it keeps stays in this browser.
"use strict";
(() => {
  // Storage may be switched off or full: then nothing is remembered, and nothing breaks.
  const keep = (store, key, value) => {
    try {
      if (value === undefined) return JSON.parse(window[store].getItem(key));
      if (value === null) window[store].removeItem(key);
      else window[store].setItem(key, JSON.stringify(value));
    } catch { /* see above */ }
    return null;
  };
  const READER = "cliffhanger.reader", HELD = "cliffhanger.held", CONFIRMED = "cliffhanger.confirmation";
  const draftKey = (address) => `cliffhanger.draft ${new URL(address, location).pathname}`;
  const thread = document.querySelector("[data-held]");
  const stored = document.querySelector("[data-stored]");
  const form = document.querySelector(".comment-form");

  // The page after posting: the text is safe, and this browser may show it in its place.
  if (stored) {
    const address = stored.dataset.stored, token = stored.dataset.token;
    const subject = (text) => text.split(":")[0]; // the comment that a token is about
    const others = (keep("localStorage", HELD) || []).filter((kept) => subject(kept.token) !== subject(token || ""));
    keep("sessionStorage", draftKey(address), null);
    if (token) keep("localStorage", HELD, [...others, { address, token }].slice(-200));
  }

  // The page after confirming an address: it says whether this browser can remember it.
  const confirmed = document.querySelector("[data-confirmation]");
  if (confirmed) {
    const { confirmation, done } = confirmed.dataset;
    keep("localStorage", CONFIRMED, confirmation);
    if (keep("localStorage", CONFIRMED) === confirmation) confirmed.textContent = done;
  }

  // The reader's own comments that wait or may still be changed, asked for with the tokens of this article only.
  const showHeld = async () => {
    const address = thread.dataset.held.replace(/held\/$/, "");
    const all = keep("localStorage", HELD) || [];
    const mine = all.filter((kept) => kept.address === address).slice(-50);
    if (!mine.length) return;
    const body = new URLSearchParams(mine.map((kept) => ["token", kept.token]));
    const answer = await fetch(thread.dataset.held, { method: "POST", body }).catch(() => null);
    if (!answer?.ok) return;
    const { comments, own, forget } = await answer.json();
    if (forget.length) keep("localStorage", HELD, all.filter((kept) => !forget.includes(kept.token)));
    for (const { parent, html } of comments) {
      (document.getElementById(`comment-${parent}`) || thread).insertAdjacentHTML("beforeend", html);
    }
    for (const { pk, html } of own) {
      document.getElementById(`comment-${pk}`)?.children[1].insertAdjacentHTML("beforeend", html);
    }
  };
  if (thread) showHeld();
  if (!form) return;

  const fields = form.elements, text = fields.comment, draft = draftKey(form.action);
  const personal = ["name", "email", "website"];

  // Name, e-mail and website, only while the box is ticked.
  const reader = keep("localStorage", READER);
  if (reader) {
    fields.remember.checked = true;
    for (const name of personal) fields[name].value ||= reader[name] || "";
  }
  fields.remember.addEventListener("change", () => fields.remember.checked || keep("localStorage", READER, null));

  // Who has confirmed their address, and when the form was begun: not known to the page, which is everybody's.
  if (fields.confirmation) fields.confirmation.value = keep("localStorage", CONFIRMED) || "";
  const HOUR = 36e5, MINUTE = 6e4;
  let begun = fields.form_token?.value ? Date.now() : 0;
  form.addEventListener("input", async () => {
    if (!fields.form_token || Date.now() - begun < HOUR) return;
    begun = Date.now();
    const answer = await fetch(`${form.action}token/`).catch(() => null);
    if (answer?.ok) fields.form_token.value = (await answer.json()).token;
    else begun -= HOUR - MINUTE;
  });

  // A button that puts the bars of a spoiler around what is selected.
  const hide = Object.assign(document.createElement("button"), { type: "button", textContent: form.dataset.spoiler });
  hide.className = "quiet-button";
  hide.addEventListener("click", () => {
    const { selectionStart: from, selectionEnd: to, value } = text;
    text.setRangeText(`||${value.slice(from, to)}||`, from, to, "end");
    text.setSelectionRange(from + 2, to + 2);
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });
  text.after(hide);

  // The form moves below the comment that is answered, and back.
  const box = document.getElementById("respond");
  const heading = box.querySelector("[data-reply]"), cancel = box.querySelector("[data-cancel]");
  const answer = heading && thread && (() => {
    const home = document.createComment("form"), title = heading.textContent;
    box.before(home);
    return (link) => {
      if (link) link.closest(".comment").children[1].after(box);
      else home.after(box);
      fields.parent.value = link ? link.dataset.reply : "";
      heading.textContent = link ? heading.dataset.reply.replace("NAME", () => link.dataset.name) : title;
      cancel.parentElement.hidden = !link;
    };
  })();
  const save = () => {
    const value = { text: text.value, parent: fields.parent.value };
    keep("sessionStorage", draft, value.text ? value : null);
  };
  if (answer) {
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-reply], [data-cancel]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      answer(link === cancel ? null : link);
      save();
      text.focus();
    });
  }

  // Unsent text stays in this tab until it is stored.
  const unsent = keep("sessionStorage", draft);
  if (unsent && !text.value && (answer || unsent.parent === fields.parent.value)) {
    const link = answer && unsent.parent && document.querySelector(`a[data-reply="${Number(unsent.parent)}"]`);
    if (link) answer(link);
    text.value = unsent.text;
  }
  form.addEventListener("input", save);

  // A second press within some seconds is the same press; then the form is free again, whatever became of it.
  let sent = 0;
  form.addEventListener("submit", (event) => {
    if (event.timeStamp - sent < 5000 && sent) return event.preventDefault();
    sent = event.timeStamp;
    save();
    const values = Object.fromEntries(personal.map((name) => [name, fields[name].value]));
    if (fields.remember.checked) keep("localStorage", READER, values);
  });
  addEventListener("pageshow", () => { sent = 0; });
})();

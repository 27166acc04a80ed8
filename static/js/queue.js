// The moderation queue without reloads: a key or a press sends what the button would have sent, and the card is
// drawn anew from the answer. Without this file every button, link and form works by itself.
(function () {
  "use strict";
  const form = document.getElementById("changelist-form");
  const bar = document.querySelector(".queue-said");
  if (!form || !bar) return;
  const words = document.getElementById("queue-words").dataset;
  const dialog = document.getElementById("queue-act");
  const help = document.getElementById("queue-help");
  const further = document.querySelector(".queue-further");
  const switchedOff = "cliffhanger.queue-keys-off";
  const BULK = { a: "mark_approved", s: "mark_spam", d: "mark_rejected", u: "mark_pending", h: "hide_as_spoilers" };
  const PRESS = "button[name=_moderate], button[name=_act], button[name=_undo]";
  const FIELD = "input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, [contenteditable]";
  // Texts not sent yet, in this tab only but beyond a reload: who was logged out has to load the page again.
  let begun = "";
  const withDraft = (deed) => {
    try { return deed(sessionStorage, `cliffhanger.draft ${new URL(dialog.dataset.address).pathname}`); } catch { return null; }
  };
  const keepDraft = () => {
    const text = dialog.querySelector("textarea");
    if (text && text.value !== begun) withDraft((drafts, name) => drafts.setItem(name, JSON.stringify([begun, text.value])));
  };
  const undoable = [];
  // One after the other: a quick "a a a" decides on three comments.
  let work = Promise.resolve();
  const inTurn = (deed) => { work = work.then(deed).catch((error) => { console.error(error); say(words.denied); }); };

  const cards = () => [...form.querySelectorAll(".card")];
  const current = () => form.querySelector(".card[aria-current]");
  const mark = (card) => {
    current()?.removeAttribute("aria-current");
    card?.setAttribute("aria-current", "true");
  };
  const goTo = (card) => {
    if (!card) return;
    mark(card);
    card.focus({ preventScroll: true });
    const { top, bottom } = card.getBoundingClientRect();
    if (top < 70 || bottom > innerHeight - 80) card.scrollIntoView({ block: "start" });
  };
  const goOnFrom = (card) => {
    const all = cards();
    const next = all.slice(all.indexOf(card) + 1).find((other) => !other.matches(".card-done"));
    if (next) return goTo(next);
    const left = all.find((other) => !other.matches(".card-done"));
    if (left) goTo(card.isConnected ? card : left);
    else {
      further.hidden = false;
      further.querySelector("a").focus();
    }
  };

  const say = (text, level = "error", batch, label) => {
    document.querySelector(".messagelist")?.remove();
    bar.hidden = false;
    bar.dataset.level = level;
    bar.replaceChildren(Object.assign(document.createElement("span"), { textContent: text }));
    if (!batch) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "undo", textContent: label });
    button.addEventListener("click", () => inTurn(() => undo(batch)));
    bar.append(" ", button);
  };

  // The answer as an object, {form: HTML} where a form was refused, null where nothing came of it.
  const send = async (address, body) => {
    let answer;
    try {
      const headers = { Accept: "application/json", "X-Requested-With": "fetch" };
      answer = await fetch(address, { method: "POST", body, headers });
    } catch {
      return complain(words.lost);
    }
    if (answer.redirected) return complain(words.login);
    if (answer.status === 422) return { form: await answer.text() };
    if (!answer.ok) return complain(words.denied);
    return answer.json();
  };
  const complain = (text) => {
    say(text);
    if (dialog.open) {
      const note = dialog.querySelector("[role=alert]") ?? document.createElement("p");
      note.className = "errornote";
      note.setAttribute("role", "alert");
      note.textContent = text;
      dialog.querySelector("h1").after(note);
    }
    return null;
  };
  const show = (answer) => {
    for (const [pk, html] of Object.entries(answer.cards)) {
      const card = document.getElementById(`card-${pk}`);
      if (!card) continue;
      const row = card.closest("tr");
      const tick = row.querySelector(".action-select");
      if (tick?.checked) tick.click();
      const was = card.matches("[aria-current]");
      if (html) card.outerHTML = html;
      else row.remove();
      if (was && html) mark(document.getElementById(`card-${pk}`));
    }
    for (const [tab, count] of Object.entries(answer.counts)) {
      const shown = document.querySelector(`[data-tab="${tab}"]`);
      if (shown) shown.textContent = count;
    }
    if (answer.undo) undoable.push(answer.undo);
    say(answer.said, answer.level, answer.undo ?? answer.redo, answer.undo ? words.undo : words.redo);
  };

  const press = async (button) => {
    const pk = button.closest(".card")?.dataset.pk;
    if (button.name === "_undo") return undo(button.value);
    const answer = await send(location.href, new FormData(form, button));
    if (!answer) return;
    show(answer);
    goOnFrom(document.getElementById(`card-${pk}`));
  };
  const undo = async (batch) => {
    const place = undoable.indexOf(batch);
    if (place >= 0) undoable.splice(place, 1);
    const body = new FormData(form);
    body.set("_undo", batch);
    body.delete("action");
    const ticked = body.getAll("_selected_action");
    body.delete("_selected_action");
    const answer = await send(location.href, body);
    if (!answer) return place >= 0 && undoable.push(batch);
    show(answer);
    for (const pk of ticked) document.getElementById(`card-${pk}`)?.closest("tr").classList.add("selected");
    goTo(document.getElementById(`card-${Object.keys(answer.cards)[0]}`) ?? current());
  };
  const bulk = async (action) => {
    const ticked = [...form.querySelectorAll(".action-select:checked")];
    if (!ticked.length) return say(words.nothing);
    if (action) form.elements.action.value = action;
    const run = form.querySelector("button[name=index]");
    // All that the tab holds: the page is not the place to show that.
    if (form.querySelector(".select-across")?.value === "1") return form.requestSubmit(run);
    const answer = await send(location.href, new FormData(form, run));
    if (!answer) return;
    show(answer);
    form.elements.action.value = "";
    goOnFrom(document.getElementById(`card-${ticked.at(-1).value}`));
  };

  const open = async (address) => {
    const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    if (!answer) return say(words.lost);
    if (answer.redirected || !answer.ok) return say(answer.redirected ? words.login : words.denied);
    dialog.innerHTML = await answer.text();
    dialog.dataset.address = address;
    const text = dialog.querySelector("textarea");
    begun = text?.value;
    const [before, draft] = withDraft((drafts, name) => JSON.parse(drafts.getItem(name))) ?? [];
    // Not over what somebody else has made of the text meanwhile.
    if (text && before === begun) text.value = draft;
    dialog.showModal();
    text?.focus();
  };
  const submit = async (inner, button) => {
    const address = dialog.dataset.address;
    const body = new FormData(inner, button);
    for (const input of form.querySelectorAll("input[name=seen]")) body.append("seen", input.value);
    const answer = await send(inner.action, body);
    if (!answer) return;
    if (answer.form !== undefined) {
      keepDraft();
      dialog.innerHTML = answer.form;
      dialog.querySelector("[aria-invalid], textarea, button")?.focus();
      return;
    }
    const pk = address.match(/comment\/(\d+)\//)[1];
    dialog.querySelector("textarea")?.remove();
    withDraft((drafts, name) => drafts.removeItem(name));
    dialog.close();
    const before = document.getElementById(`card-${pk}`);
    const all = cards();
    show(answer);
    goOnFrom(document.getElementById(`card-${pk}`) ?? all[all.indexOf(before) - 1] ?? cards()[0]);
  };
  // Neither a slip of the finger on Escape nor a new login loses a text.
  dialog.addEventListener("close", keepDraft);
  addEventListener("pagehide", keepDraft);
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (button) button.disabled = true;
    inTurn(() => submit(event.target, button).finally(() => { if (button) button.disabled = false; }));
  });

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const button = event.target.closest(PRESS);
    const link = event.target.closest("a[data-dialog]");
    if (button?.form === form) inTurn(() => press(button));
    else if (link && form.contains(link)) inTurn(() => open(link.href));
    else if (event.target.closest(".act-cancel") && dialog.open) dialog.close();
    else if (event.target.closest("button[name=index]") && form.elements.action.value) inTurn(() => bulk());
    else return;
    event.preventDefault();
  });
  form.addEventListener("focusin", (event) => {
    const card = event.target.closest(".card");
    if (card) mark(card);
  });

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    x: () => current()?.closest("tr").querySelector(".action-select").click(),
    z: () => (undoable.length ? undo(undoable.at(-1)) : undoFromMessage()),
  };
  const undoFromMessage = () => {
    const button = document.querySelector(".messagelist .undo");
    return button ? undo(button.value) : say(words.none);
  };
  const move = (step) => {
    const all = cards();
    if (step > 0 && !further.hidden) return further.querySelector("a").click();
    goTo(all[all.indexOf(current()) + step]);
  };
  const pressKey = (key) => {
    const button = current()?.querySelector(`[data-key="${key}"]`);
    if (!button) return say(words.no);
    return button.matches("a") ? open(button.href) : press(button);
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    // A closed dialog's field may have the focus for a moment still: what nobody sees takes no keys.
    if (document.querySelector("dialog[open]") || event.target.closest(FIELD)?.checkVisibility() || isOff()) return;
    const key = event.key.toLowerCase();
    if (key === "?") help.showModal();
    else if (event.repeat && !"jk".includes(key)) return;
    else if (event.shiftKey && BULK[key]) inTurn(() => bulk(BULK[key]));
    else if (event.shiftKey || key.length > 1) return;
    else if (keys[key]) inTurn(keys[key]);
    else if ("asduhrew".includes(key)) inTurn(() => pressKey(key));
    else return;
    event.preventDefault();
  });

  // Single keys can be switched off: who speaks to the computer presses them by mistake.
  const isOff = () => { try { return localStorage.getItem(switchedOff) === "1"; } catch { return false; } };
  const box = help.querySelector(".queue-keys-on");
  box.checked = !isOff();
  box.addEventListener("change", () => { try { localStorage.setItem(switchedOff, box.checked ? "0" : "1"); } catch { /* for this page only */ } });
  document.querySelector(".queue-keys").hidden = false;
  document.querySelector(".queue-help").addEventListener("click", () => help.showModal());
  help.querySelector(".queue-close").addEventListener("click", () => help.close());
  mark(document.querySelector(".card:target") ?? cards()[0]);
})();

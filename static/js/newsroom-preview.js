// The writing screen: the preview beside the text, which follows what is typed.
(function () {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const KEPT = "cliffhanger-preview-beside";
  const LOOK_EVERY = 500;
  const LONGEST_WAIT = 3000;
  const TRY_AGAIN_AFTER = 10000;
  class Unkept extends Error {}
  const isNarrow = matchMedia("(max-width: 1000px)");

  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(KEPT)) ?? {};
    } catch { return {}; /* storage is switched off, or holds something else */ }
  };
  const keep = (changes) => {
    try {
      localStorage.setItem(KEPT, JSON.stringify({ ...kept(), ...changes }));
    } catch { /* the choice lasts as long as the page */ }
  };

  const equip = (form, toggle) => {
    const address = new URL(toggle.dataset.address, location.href);
    let panel = null;
    let frame = null;
    let timer = null;
    let width = 390;
    // What the form said before anybody touched it, what it said when it was last shown, and at the last look.
    let untouched = null;
    let shown = null;
    let seen = null;
    let changedAt = 0;
    let isBusy = false;
    let isQuietUntil = 0;

    // What is typed, without what only the form and the server tell each other.
    const typed = () => new URLSearchParams(
      [...new FormData(form)].filter(([name]) => !name.startsWith("_") && name !== "csrfmiddlewaretoken"),
    ).toString();
    // A state of the form that is on its way already is older than the one that goes off now.
    const takeTurn = () => {
      const turn = one("input[name=_turn]", form);
      if (turn) turn.value = Number(turn.value) + 1;
    };
    // A status is read out when it changes, so it is written only then.
    const say = (said) => {
      const status = one(".preview-said", panel);
      if (status.textContent !== (said.textContent ?? said)) status.replaceChildren(said);
    };

    // One width at a time, drawn smaller where the panel is narrower than the device.
    const fit = () => {
      const stage = one(".preview-stage", panel);
      const scale = Math.min(1, stage.clientWidth / width);
      for (const each of all("iframe", stage)) {
        each.style.width = `${width}px`;
        each.style.height = `${stage.clientHeight / scale}px`;
        each.style.transform = `scale(${scale})`;
        each.style.marginInlineStart = `${Math.max(0, (stage.clientWidth - width * scale) / 2)}px`;
      }
    };

    // Links do not lead away from the page that is being written: places in it are gone to, others open apart.
    const follow = (event) => {
      const link = event.target.closest?.("a[href]");
      if (!link) return;
      event.preventDefault();
      const place = link.getAttribute("href");
      if (!place.startsWith("#")) window.open(link.href, "_blank", "noopener");
      else frame.contentDocument.getElementById(decodeURIComponent(place.slice(1)))?.scrollIntoView();
    };

    const showPage = (path) => new Promise((resolve, reject) => {
      const next = document.createElement("iframe");
      next.title = gettext("The page as readers would see it");
      next.setAttribute("sandbox", "allow-same-origin");
      next.className = "is-coming";
      const from = new URL(path, location.href);
      from.searchParams.set("beside", "1");
      next.addEventListener("load", () => {
        if (!panel?.contains(next)) return resolve();
        const page = next.contentDocument;
        const said = page?.getElementById("preview-said");
        if (!said) {
          next.remove();
          return reject(new Error("no preview"));
        }
        say(document.importNode(said.content, true));
        page.addEventListener("click", follow);
        page.defaultView.scrollTo({ top: frame?.contentWindow?.scrollY ?? 0, behavior: "instant" });
        next.classList.remove("is-coming");
        frame?.remove();
        const isFirst = !frame;
        frame = next;
        if (isFirst) showSection(document.activeElement);
        resolve();
      }, { once: true });
      next.src = from.href;
      one(".preview-stage", panel).append(next);
      fit();
    });

    const bring = async () => {
      takeTurn();
      const body = new URLSearchParams(new FormData(form));
      body.set("_beside", "1");
      body.set("_who", toggle.dataset.who);
      const answer = await fetch(address, { method: "POST", body, credentials: "same-origin" });
      if (answer.redirected || !answer.headers.get("Content-Type")?.includes("json")) throw new Error(answer.status);
      const { address: page, problem } = await answer.json();
      if (problem) throw new Unkept(problem);
      return page;
    };

    // One request at a time; what is typed meanwhile is seen at the next look.
    const show = async (data, path) => {
      isBusy = true;
      const before = shown;
      shown = data;
      try {
        await showPage(path ?? await bring());
      } catch (error) {
        // What cannot be kept is not asked about again until something else is typed; the rest is tried again.
        const isUnkept = error instanceof Unkept;
        if (!isUnkept) {
          shown = before;
          isQuietUntil = Date.now() + TRY_AGAIN_AFTER;
        }
        if (panel) say(isUnkept ? error.message : gettext("The preview does not follow just now: no connection, or you are logged out. What you type stays in the form."));
      }
      isBusy = false;
    };

    const look = () => {
      if (isBusy || document.hidden || Date.now() < isQuietUntil) return;
      const now = typed();
      if (now === (shown ?? untouched ?? now)) {
        changedAt = 0;
      } else if (now === seen || Date.now() - changedAt > LONGEST_WAIT && changedAt) {
        changedAt = 0;
        show(now);
      } else {
        changedAt ||= Date.now();
      }
      seen = now;
    };

    // The section that is being written stands in sight.
    let lastBlock = null;
    const headings = () => all(".order-machine .inline-related:not(.empty-form)")
      .filter((block) => one('input[name$="-heading"]', block))
      .sort((a, b) => a.style.order - b.style.order);
    const showSection = (element) => {
      const block = element?.closest?.(".order-machine .inline-related:not(.empty-form)");
      if (!block || block === lastBlock || !frame) return;
      lastBlock = block;
      // A block without a heading belongs to the headed section above it.
      const before = headings().filter((each) => Number(each.style.order) <= Number(block.style.order));
      const named = before.filter((each) => one('input[name$="-heading"]', each).value.trim());
      const text = named.length && one('input[name$="-heading"]', named.at(-1)).value.trim();
      const nth = named.filter((each) => one('input[name$="-heading"]', each).value.trim() === text).length;
      const found = all('[id^="s-"] > h2', frame.contentDocument).filter((each) => each.textContent.trim() === text);
      // At once: a page that comes while another still scrolls would begin half-way.
      (found[nth - 1] ?? found[0])?.scrollIntoView({ behavior: "instant" });
    };

    const hold = () => { one("#container").inert = Boolean(panel) && isNarrow.matches; };

    const open = () => {
      panel = one("#preview-panel").content.firstElementChild.cloneNode(true);
      document.body.append(panel);
      document.body.classList.add("has-preview");
      toggle.setAttribute("aria-expanded", "true");
      toggle.setAttribute("aria-controls", panel.id);
      const widths = all('input[name="preview-width"]', panel);
      const chosen = widths.find((each) => each.value === String(kept().width)) ?? widths[0];
      chosen.checked = true;
      width = Number(chosen.value);
      for (const each of widths) {
        each.addEventListener("change", () => {
          width = Number(each.value);
          keep({ width });
          fit();
        });
      }
      one(".preview-close", panel).addEventListener("click", close);
      panel.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
      new ResizeObserver(() => { if (panel) fit(); }).observe(one(".preview-stage", panel));
      hold();
      if (isNarrow.matches) one(".preview-close", panel).focus();
      // A form that came back with what was typed shows that, not the draft.
      if (one(".errornote")) show(typed());
      else if (untouched !== null && typed() !== untouched) show(typed());
      else show(null, address.href);
      timer = setInterval(look, LOOK_EVERY);
    };

    const close = () => {
      clearInterval(timer);
      panel.remove();
      panel = frame = shown = seen = lastBlock = null;
      document.body.classList.remove("has-preview");
      toggle.setAttribute("aria-expanded", "false");
      toggle.removeAttribute("aria-controls");
      hold();
      keep({ isOpen: false });
      toggle.focus();
    };

    for (const type of ["focusin", "pointerdown", "keydown"]) {
      form.addEventListener(type, () => { untouched ??= typed(); }, { capture: true });
    }
    form.addEventListener("focusin", (event) => showSection(event.target));
    form.addEventListener("submit", (event) => { if (event.submitter?.name === "_preview") takeTurn(); });
    isNarrow.addEventListener("change", hold);
    toggle.hidden = false;
    toggle.addEventListener("click", () => {
      if (panel) return close();
      keep({ isOpen: true });
      open();
    });
    // On a narrow screen it would stand before the form.
    if (kept().isOpen && !isNarrow.matches) open();
  };

  django.jQuery(() => {
    const form = one("#article_form");
    const toggle = one("#preview-toggle");
    if (form && toggle) equip(form, toggle);
  });
})();

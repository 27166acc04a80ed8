// What is typed is kept: on the server in a private copy, in this browser while the server is away. Also says
// who else has the form open and who has saved since, and asks before unsaved text is left behind.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const news = document.getElementById("copy-news");
  if (!news) return;
  const form = news.closest("form");
  const one = (selector) => form.querySelector(selector);
  const [line, others, saved, offer] = [".copy-line", ".copy-others", ".copy-saved", ".copy-offer"].map(one);
  const { url, compare, login, who, article } = news.dataset;
  const formId = one("input[name=_form]").value;
  // In milliseconds: after the last key, at the latest while typing goes on, between two signs of life.
  const [SOON, LATEST, BEAT, PATIENCE, LONGEST_WAIT] = [2000, 15000, 20000, 10000, 60000];
  // Browsers take no larger request from a page that is being left.
  const KEEPALIVE_MOST = 60000;

  one(".desk-buttons")?.after(line);

  // What is said. A status is read out when it changes, so it is written only then.
  const say = (element, text, link) => {
    if (element.dataset.said === text) return;
    element.dataset.said = text;
    element.replaceChildren(text);
    element.hidden = !text;
    if (link) element.append(" ", link);
  };
  const words = (text, values) => interpolate(text, values, true);
  const linkTo = (href, textContent, isElsewhere) =>
    Object.assign(document.createElement("a"), { href, textContent, target: isElsewhere ? "_blank" : "" });

  // What is typed.
  const entries = () => [...new FormData(form)].filter(
    ([name, value]) => typeof value === "string" && !name.includes("__prefix__") && name !== "csrfmiddlewaretoken",
  );
  const textOf = (list) => JSON.stringify(list.filter(([name]) => !name.startsWith("_") && name !== "takes_over"));
  const text = () => textOf(entries());
  // A refused form is unsaved as it stands.
  const isUnsaved = "unsaved" in news.dataset;
  let opened = isUnsaved ? "" : null;
  let kept = opened;
  const isDirty = () => opened !== null && text() !== opened;
  // Editors put their own shape on a text while they start: what counts is how it stands when somebody begins.
  const begin = () => {
    if (opened === null) opened = kept = text();
  };
  for (const type of ["keydown", "pointerdown", "focusin", "dragenter"]) {
    document.addEventListener(type, begin, { capture: true, once: true });
  }

  // The second net, in this browser.
  const net = window.keptTyping(`cliffhanger-typed-${who}-${article}-`);
  const remember = () => net.keep(formId, entries());

  // Talking to the server: {answer} or {problem: "away" | "out" | "refused", status}.
  let leaving = null;
  const send = async (list, options = {}) => {
    const body = new URLSearchParams(list);
    body.set("csrfmiddlewaretoken", one("input[name=csrfmiddlewaretoken]").value);
    body.set("_who", who);
    try {
      const response = await fetch(url, {
        method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(PATIENCE), ...options,
      });
      if (response.type === "opaqueredirect") return { problem: "out" };
      if (response.status >= 500) return { problem: "away" };
      if (response.ok) return { answer: await response.json() };
      if (response.status !== 403 || options.isSecond) return { problem: "refused", status: response.status };
      const problem = await renewToken();
      return problem ? { problem, status: 403 } : await send(list, { ...options, isSecond: true });
    } catch {
      return { problem: "away" };
    }
  };
  // Logging in again in another tab makes this page's token worthless.
  const renewToken = async () => {
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) return response.type === "opaqueredirect" ? "out" : "refused";
    const { token } = await response.json();
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
    return "";
  };

  let lastKept = "";
  const tell = ({ problem, status }) => {
    const since = lastKept ? gettext("Not kept since %(time)s: no connection.") : gettext("Not kept: no connection.");
    const tooLarge = gettext("This is too large to be kept: save it in parts.");
    const told = {
      away: words(since, { time: lastKept }),
      out: gettext("You have been logged out."),
      400: tooLarge,
      409: gettext("Somebody else is logged in in this browser now."),
      413: tooLarge,
    }[problem === "refused" ? status : problem] ?? gettext("You may not change this article any more.");
    const link = problem === "out" ? linkTo(login, gettext("Log in again in another tab"), true) : null;
    say(line, `${told} ${gettext("What you type stays in this tab.")}`, link);
    line.classList.add("copy-trouble");
  };
  const hear = (answer) => {
    const here = answer.others.map((other) => words(gettext("%(who)s has this open too (seen %(seen)s)."), other));
    say(others, here.join(" "));
    if (!answer.saved) return;
    const said = answer.saved.you
      ? gettext("You saved this at %(time)s in another window.") : gettext("%(who)s saved this at %(time)s.");
    // Without anything typed here there is nothing to compare it with: the page is opened anew.
    const link = isDirty()
      ? linkTo(compare, gettext("See what changed"), true) : linkTo(location.pathname, gettext("Show it"));
    say(saved, words(said, answer.saved), link);
  };
  const showOffer = (time) => {
    offer.hidden = false;
    one(".copy-time").textContent = time;
  };
  // Keeping: one request at a time, tried again while the server is away.
  let isBusy = false;
  let wait = SOON;
  let soon, latest;
  const keep = async (options) => {
    clearTimeout(soon);
    clearTimeout(latest);
    soon = latest = undefined;
    begin();
    if (isBusy || leaving || text() === kept) return;
    isBusy = true;
    const turn = one("input[name=_turn]");
    turn.value = Number(turn.value) + 1;
    const list = entries();
    remember();
    const result = await send(list, options);
    isBusy = false;
    if (leaving) return;
    if (result.problem) {
      tell(result);
      wait = Math.min(2 * wait, LONGEST_WAIT);
      if (result.problem !== "refused") soon = setTimeout(keep, wait);
      return;
    }
    wait = SOON;
    line.classList.remove("copy-trouble");
    hear(result.answer);
    if (result.answer.undecided) {
      showOffer(result.answer.undecided);
      kept = textOf(list);
      say(line, gettext("What you type now stays in this tab until you decide about what you typed before."));
      return;
    }
    kept = textOf(list);
    lastKept = result.answer.kept;
    net.forget(formId);
    say(line, lastKept ? words(gettext("Typed text kept %(time)s."), { time: lastKept }) : "");
    if (text() !== kept) typing();
  };
  const typing = () => {
    clearTimeout(soon);
    soon = setTimeout(keep, Math.max(SOON, wait === SOON ? 0 : wait));
    latest ??= setTimeout(keep, LATEST);
  };
  for (const type of ["input", "change", "click", "drop"]) form.addEventListener(type, typing);
  // Choosers tell jQuery alone.
  window.django?.jQuery(form).on("change", typing);
  window.addEventListener("online", () => keep());
  const beat = async () => {
    const list = [["_beat", "1"], ["seen_at", one("input[name=seen_at]").value]];
    const result = await send(list);
    if (result.answer) {
      hear(result.answer);
      if (line.classList.contains("copy-trouble") && !leaving) recover();
    } else if (result.problem !== "away" || isDirty()) {
      tell(result);
    }
    return result;
  };
  const recover = () => {
    line.classList.remove("copy-trouble");
    say(line, "");
    keep();
  };
  setInterval(() => {
    begin();
    // Also sees what no event told of, such as a block that was moved by another script.
    if (!soon && text() !== kept) keep();
    beat();
  }, BEAT);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") return wait === SOON ? beat() : keep();
    return keep(small());
  });
  const small = () => ({ keepalive: new URLSearchParams(entries()).toString().length < KEEPALIVE_MOST });

  // Leaving.
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && isDirty()) event.preventDefault();
  });
  window.addEventListener("pagehide", () => {
    if (leaving) return;
    if (isDirty()) {
      remember();
      keep(small());
    }
    const token = one("input[name=csrfmiddlewaretoken]").value;
    navigator.sendBeacon(url, new URLSearchParams({ csrfmiddlewaretoken: token, _leave: "1" }));
  });

  // A save goes off only to a server that answers; a second press goes off in any case.
  let isSure = false;
  let isAsking = false;
  document.addEventListener("submit", async (event) => {
    const isElsewhere = event.submitter?.formTarget && event.submitter.formTarget !== "_self";
    if (event.target !== form || event.defaultPrevented || isElsewhere) return;
    if (isSure) {
      leaving = event.submitter ?? form;
      // Where the answer is no new page, the form goes on as before.
      setTimeout(() => { leaving = null; }, LONGEST_WAIT);
      return;
    }
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    remember();
    const { problem, status } = await beat();
    isAsking = false;
    if (problem) {
      tell({ problem, status });
      line.append(" ", gettext("It is not saved. Press the button again to try all the same."));
      line.dataset.said = "";
      line.scrollIntoView({ block: "nearest" });
    }
    isSure = true;
    if (!problem) form.requestSubmit(event.submitter);
    setTimeout(() => { isSure = false; }, problem ? PATIENCE : 0);
  });

  // On return: what this browser kept and the server does not know becomes the private copy that is offered.
  const handIn = async () => {
    const saved = (news.dataset.saved ?? "").split(" ");
    for (const id of net.ids().filter((id) => id !== formId)) {
      const note = saved.includes(id) ? null : net.read(id);
      if (!note) {
        net.forget(id);
        continue;
      }
      const age = String(Math.max(0, Math.round((Date.now() - note.at) / 1000)));
      const { answer } = await send([...note.entries, ["_age", age]]);
      if (!answer) return;
      if (answer.kept || answer.undecided) showOffer(answer.kept || answer.undecided);
      if (!answer.undecided) net.forget(id);
    }
  };
  if (isUnsaved) keep();
  handIn().then(beat);
});

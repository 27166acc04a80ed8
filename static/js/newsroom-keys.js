// The keys of the writing screen and of the question before publishing. Each presses a button that is there for
// everybody; what has no button for this person does nothing.
(function () {
  "use strict";
  const FIELD = "input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, [contenteditable]";
  const one = (selector) => document.querySelector(selector);
  const isQuestion = location.pathname.endsWith("/publish/");
  const buttons = {
    save: () => one("#article_form [name=_continue]"),
    preview: () => one("#article_form [name=_preview]"),
    publish: () => (isQuestion ? one(".question .submit-row input[type=submit].default") : one("#article_form [name=_publish]")),
    note: () => one("#desk-talk-box [name=_add]"),
  };

  const deedOf = (event) => {
    const key = event.key.toLowerCase();
    if (key === "s" && !event.shiftKey) return "save";
    if (key === "p" && event.shiftKey) return "preview";
    if (key !== "enter" || event.shiftKey) return null;
    // In the box of notes it is the note that is meant, and never the article.
    if (!event.target.closest?.("#desk-talk-box")) return "publish";
    return event.target.id === "talk-text" ? "note" : "nothing";
  };

  const onKey = (event) => {
    if (event.isComposing || event.altKey || !(event.ctrlKey || event.metaKey)) return;
    const deed = deedOf(event);
    if (!deed) return;
    const button = buttons[deed]?.();
    if (!button && deed !== "nothing") return;
    // Before the text's own keys, and in the place of the browser's.
    event.preventDefault();
    event.stopImmediatePropagation();
    // A key held down presses once; under an open dialog nothing is pressed.
    if (!event.repeat && !one("dialog[open]")) button?.click();
  };
  addEventListener("keydown", onKey, true);

  const prepareHelp = () => {
    const help = one("#keys-help");
    const opener = one(".keys-open");
    if (!help || !opener) return;
    opener.hidden = false;
    opener.addEventListener("click", () => help.showModal());
    help.querySelector(".keys-close").addEventListener("click", () => help.close());
    document.addEventListener("keydown", (event) => {
      if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (one("dialog[open]") || event.target.closest(FIELD)?.checkVisibility()) return;
      event.preventDefault();
      help.showModal();
    });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", prepareHelp);
  else prepareHelp();
})();
